import type { Graph } from '@/engine/graph/schema'
import type { Template } from '@/server/templates/read-templates'

/** The workflows that a graph calls. */
const calledBy = ({ nodes }: Graph): readonly string[] =>
  nodes.flatMap(({ kind, config }) =>
    kind === 'workflow' && typeof config.workflow === 'string' ? [config.workflow] : [],
  )

/** The templates that a template runs as workflows, those that they run included; each after what it needs itself. */
export function companionsOf(template: Template, all: readonly Template[]): readonly Template[] {
  const found = new Map<string, Template>()
  const visit = (one: Template, above: readonly string[]): void => {
    for (const id of calledBy(one.graph)) {
      const called = all.find((other) => other.id === id)
      if (called === undefined || found.has(id) || above.includes(id)) continue
      visit(called, [...above, id])
      found.set(id, called)
    }
  }
  visit(template, [template.id])
  return [...found.values()]
}

/** Calls the copies by the names that they got. */
export const callCopies = (graph: Graph, names: ReadonlyMap<string, string>): Graph => ({
  ...graph,
  nodes: graph.nodes.map((node) => {
    const name = node.kind === 'workflow' ? names.get(String(node.config.workflow)) : undefined
    return name === undefined ? node : { ...node, config: { ...node.config, workflow: name } }
  }),
})

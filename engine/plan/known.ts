import type { Graph } from '@/engine/graph/schema'
import { isJsonObject } from '@/engine/json'
import { ask, type DraftNode, label } from '@/engine/plan/draft'
import type { Report } from '@/engine/plan/report'

type Names = Iterable<string> & { has: (name: string) => boolean }

/** What there is outside of the graph. What is left out is not checked. */
export type Known = { tools?: Names; aliases?: Names }

/** Looks up the tools, roles and models that a node names. */
export function checkMentions(
  node: DraftNode,
  known: Known,
  { graph, report }: { graph: Graph; report: Report },
): void {
  const { mentions } = node.spec
  if (mentions === undefined) return
  const { tools = [], roles = [], models = [] } = ask(node, (config) => mentions(config)) ?? {}
  const roleNames = Object.keys(graph.roles ?? {})
  for (const tool of tools) {
    // A node that is not set up yet names nothing; that is reported as a missing value.
    if (typeof tool !== 'string') continue
    if (known.tools === undefined || known.tools.has(tool)) continue
    const all = [...known.tools]
    const message = `${label(node)} uses the tool \`${tool}\`, which is not there; choose another or add it.${report.suggest(tool, () => all)}`
    report.config(node, 'unknown_tool', { field: fieldOf(node, tool, 'tool'), message })
  }
  for (const role of roles) {
    if (roleNames.includes(role)) continue
    const message = `${label(node)} has the role \`${role}\`, which \`roles\` of the graph does not hold; add it there or choose another.${report.suggest(role, () => roleNames)}`
    report.config(node, 'unknown_role', { field: fieldOf(node, role, 'role'), message })
  }
  for (const model of models) {
    if (known.aliases === undefined || known.aliases.has(model)) continue
    const aliases = [...known.aliases]
    const message = `${label(node)} uses the model \`${model}\`, which is no known alias; choose one unless the connection knows it by that name.${report.suggest(model, () => aliases)}`
    report.warn('unknown_model', { node, message })
  }
}

/** Kinds say which names they mention, not where: the place is looked for. */
function fieldOf(node: DraftNode, name: string, word: string): string {
  const places = [...placesOf(node.node.config, name, [])].map((place) => place.join('.'))
  return places.find((place) => place.includes(word)) ?? places[0] ?? word
}

function* placesOf(value: unknown, name: string, place: readonly string[]): Generator<readonly string[]> {
  if (value === name) yield place
  if (!isJsonObject(value) && !Array.isArray(value)) return
  for (const [key, inner] of Object.entries(value)) yield* placesOf(inner, name, [...place, key])
}

import type { Json, JsonObject } from '@/engine/json'

export type Node = { id: string; kind: string; config: JsonObject; [key: string]: Json }

const start: Node = { id: 'start', kind: 'input', config: { fields: [] } }
const done = (value: string): Node => ({ id: 'done', kind: 'output', config: { value } })

/** These nodes one after the other, between an input and an output. */
export function chain(
  nodes: readonly Node[],
  { value = '', ports = {}, more = {} }: { value?: string; ports?: { [id: string]: string }; more?: JsonObject } = {},
): Json {
  const outside = nodes.filter(({ parent }) => parent === undefined)
  const top = [start, ...outside, done(value === '' ? `{{ ${outside.at(-1)?.id} }}` : value)]
  const inside = nodes.filter(({ parent }) => parent !== undefined)
  const edges = top.slice(1).map((node, index) => {
    const source = top[index]?.id ?? 'start'
    const port = ports[source]
    return { source, target: node.id, ...(port ? { sourcePort: port } : {}) }
  })
  return { baton: 1, name: 'small', nodes: [...top, ...inside], edges, ...more }
}

/** These nodes side by side, and their results by id. */
export function sideBySide(nodes: readonly Node[], more: JsonObject = {}): Json {
  const value = Object.fromEntries(nodes.map(({ id }) => [id, `{{ ${id} }}`]))
  return {
    baton: 1,
    name: 'side by side',
    nodes: [start, ...nodes, { id: 'done', kind: 'output', config: { value } }],
    edges: nodes.flatMap(({ id }) => [
      { source: 'start', target: id },
      { source: id, target: 'done' },
    ]),
    ...more,
  }
}

export const agent = (id: string, prompt = `I am ${id}`, node: JsonObject = {}): Node => ({
  id,
  kind: 'agent',
  config: { model: 'default', prompt },
  ...node,
})

export const approval = (id: string, config: JsonObject = {}): Node => ({
  id,
  kind: 'approval',
  config: { title: 'May I?', ...config },
})
export const transform = (id: string, template: Json, as = 'text'): Node => ({
  id,
  kind: 'transform',
  config: { template, as },
})

import type { Body, Json } from './api'

export type Node = { id: string; kind: string; config?: Body } & Body
export type Edge = { source: string; target: string; sourcePort?: string }
export type Graph = { baton: 1; name: string; nodes: Node[]; edges: Edge[] } & Body

export const node = (id: string, kind: string, config: Body = {}, more: Body = {}): Node => ({
  id,
  kind,
  config,
  ...more,
})

export const field = (name: string, type = 'text', more: Body = {}): Body => ({ name, type, ...more })

export const inputOf = (...fields: Body[]): Node => node('start', 'input', { fields })

export const outputOf = (value: Json): Node => node('done', 'output', { value })

/** `a b` is an edge, `a:port b` one that leaves by a port. */
export const edgesOf = (lines: string[]): Edge[] =>
  lines.flatMap((line) => {
    const stops = line.split(' ')
    return stops.slice(1).map((to, index): Edge => {
      const [source = '', sourcePort] = (stops[index] ?? '').split(':')
      const target = to.split(':')[0] ?? ''
      return sourcePort === undefined ? { source, target } : { source, sourcePort, target }
    })
  })

export const graphOf = (nodes: Node[], edges: string[], more: Body = {}): Graph => ({
  baton: 1,
  name: 'Acceptance',
  nodes,
  edges: edgesOf(edges),
  ...more,
})

/** One after the other. */
export const chainOf = (...nodes: Node[]): Graph =>
  graphOf(nodes, nodes.length > 1 ? [nodes.map(({ id }) => id).join(' ')] : [])

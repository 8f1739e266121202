import { noNode } from '@/engine/graph/edit-lists'
import type { Edited, EditOf } from '@/engine/graph/edits'
import type { Graph, GraphEdge } from '@/engine/graph/schema'

const isSameEdge = (a: GraphEdge, b: GraphEdge): boolean =>
  a.source === b.source && a.target === b.target && (a.sourcePort ?? 'out') === (b.sourcePort ?? 'out')

/** Rules that hold without knowing any kind; ports are for compile. */
export function whyNotConnected(graph: Graph, edge: GraphEdge): string | null {
  const source = graph.nodes.find((node) => node.id === edge.source)
  const target = graph.nodes.find((node) => node.id === edge.target)
  if (source === undefined) return noNode(edge.source).refused
  if (target === undefined) return noNode(edge.target).refused
  if (source === target) return `\`${edge.source}\` can't be connected with itself; use a loop box to repeat.`
  if (source.parent !== target.parent) return `\`${edge.source}\` and \`${edge.target}\` are not in the same box.`
  const isThere = graph.edges.some((other) => isSameEdge(other, edge))
  return isThere ? `\`${edge.source}\` and \`${edge.target}\` are connected already.` : null
}

export function connect(graph: Graph, { edge }: EditOf<'connect'>): Edited {
  const refused = whyNotConnected(graph, edge)
  if (refused !== null) return { refused }
  return { graph: { ...graph, edges: [...graph.edges, edge] }, inverse: { type: 'disconnect', edge } }
}

export function disconnect(graph: Graph, { edge }: EditOf<'disconnect'>): Edited {
  const at = graph.edges.findIndex((other) => isSameEdge(other, edge))
  const found = graph.edges[at]
  if (found === undefined) return { refused: `\`${edge.source}\` and \`${edge.target}\` are not connected that way.` }
  return {
    graph: { ...graph, edges: graph.edges.toSpliced(at, 1) },
    inverse: { type: 'add', nodes: [], edges: [{ edge: found, at }] },
  }
}

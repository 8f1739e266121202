import type { Graph, GraphEdge, GraphNode } from '@/engine/graph/schema'

export type GraphIndex = {
  byId: ReadonlyMap<string, GraphNode>
  /** What lies in each box, in the order of the graph; the top is under `null`. */
  children: ReadonlyMap<string | null, readonly GraphNode[]>
  incoming: ReadonlyMap<string, readonly GraphEdge[]>
  outgoing: ReadonlyMap<string, readonly GraphEdge[]>
}

const known = new WeakMap<Graph, GraphIndex>()

/** Graphs never change, so each is indexed once. */
export function indexOf(graph: Graph): GraphIndex {
  const found = known.get(graph)
  if (found) return found
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  const index: GraphIndex = {
    byId,
    children: Map.groupBy(graph.nodes, (node) => boxOf(node, byId)),
    incoming: Map.groupBy(graph.edges, (edge) => edge.target),
    outgoing: Map.groupBy(graph.edges, (edge) => edge.source),
  }
  known.set(graph, index)
  return index
}

/** A parent that isn't there is a problem of the graph; on the canvas such a node lies at the top. */
const boxOf = ({ parent }: GraphNode, byId: ReadonlyMap<string, GraphNode>): string | null =>
  parent !== undefined && byId.has(parent) ? parent : null

export const parentOf = (graph: Graph, id: string): string | null => {
  const { byId } = indexOf(graph)
  const node = byId.get(id)
  return node === undefined ? null : boxOf(node, byId)
}

/** The nodes with everything that lies in them, however deep. */
export function withInside(graph: Graph, ids: Iterable<string>): ReadonlySet<string> {
  const { children } = indexOf(graph)
  const found = new Set(ids)
  for (const id of found) for (const child of children.get(id) ?? []) found.add(child.id)
  return found
}

/** Without those that lie in another one of them: what happens to a box happens to its inside anyway. */
export function outermost(graph: Graph, ids: ReadonlySet<string>): string[] {
  const isInside = (id: string): boolean => {
    const parent = parentOf(graph, id)
    return parent !== null && (ids.has(parent) || isInside(parent))
  }
  const { byId } = indexOf(graph)
  return [...ids].filter((id) => byId.has(id) && !isInside(id))
}

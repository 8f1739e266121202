import { nameOf, specOf } from '@/components/editor/graph/kinds'
import type { Graph, GraphNode } from '@/engine/graph/schema'

/** Names first, then what is written inside. */
export function findNodes(graph: Graph, query: string): readonly string[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return []
  const byName = graph.nodes.filter((node) => headOf(node).includes(wanted))
  const inside = graph.nodes.filter(
    (node) => !byName.includes(node) && JSON.stringify(node.config).toLowerCase().includes(wanted),
  )
  return [...byName, ...inside].map(({ id }) => id)
}

const headOf = (node: GraphNode): string =>
  `${nameOf(node)} ${node.id} ${specOf(node.kind)?.title ?? node.kind}`.toLowerCase()

import { noNode, withPlaces } from '@/engine/graph/edit-lists'
import type { Edited, EditOf, SingleEdit } from '@/engine/graph/edits'
import type { Graph, GraphNode } from '@/engine/graph/schema'

/** Moves nodes into a box or out of it; edges of theirs that would cross a border go. */
export function reparent(graph: Graph, edit: EditOf<'reparent'>): Edited {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  const missing = [...edit.nodes, ...(edit.parent === null ? [] : [edit.parent])].find((id) => !byId.has(id))
  if (missing !== undefined) return noNode(missing)
  const way = new Set<string>()
  for (let id = edit.parent ?? undefined; id !== undefined && !way.has(id); id = byId.get(id)?.parent) way.add(id)
  const own = edit.nodes.find((id) => way.has(id))
  if (own !== undefined) return { refused: `\`${own}\` can't be moved into itself.` }
  const next = moveInto(graph, edit)
  return { graph: next, inverse: { type: 'batch', edits: undoReparent(graph, next, edit) } }
}

function moveInto(graph: Graph, { nodes: ids, parent }: EditOf<'reparent'>): Graph {
  const moved = new Set(ids)
  const nodes = graph.nodes.map((node): GraphNode => {
    if (!moved.has(node.id)) return node
    const { parent: _, ...rest } = node
    return parent === null ? rest : { ...rest, parent }
  })
  const parents = new Map(nodes.map((node) => [node.id, node.parent]))
  const crosses = (source: string, target: string) => parents.get(source) !== parents.get(target)
  const edges = graph.edges.filter(
    ({ source, target }) => !(moved.has(source) || moved.has(target)) || !crosses(source, target),
  )
  return { ...graph, nodes, edges }
}

/** Puts the nodes back, then the edges that went on the way there or would go on the way back. */
function undoReparent(graph: Graph, next: Graph, { nodes: ids }: EditOf<'reparent'>): SingleEdit[] {
  const parents = new Map(graph.nodes.map((node) => [node.id, node.parent]))
  const back = [...Map.groupBy(ids, (id) => parents.get(id))].map(
    ([parent, nodes]): EditOf<'reparent'> => ({ type: 'reparent', nodes, parent: parent ?? null }),
  )
  const kept = new Set(back.reduce(moveInto, next).edges)
  const edges = withPlaces(graph.edges, (edge) => !kept.has(edge)).taken.map(({ item, at }) => ({ edge: item, at }))
  return edges.length === 0 ? back : [...back, { type: 'add', nodes: [], edges }]
}

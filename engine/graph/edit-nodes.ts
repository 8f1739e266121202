import { whyNotConnected } from '@/engine/graph/edit-edges'
import { insertAll, noNode, withPlaces } from '@/engine/graph/edit-lists'
import type { Edited, EditOf } from '@/engine/graph/edits'
import { isId } from '@/engine/graph/ids'
import type { Graph, GraphNode } from '@/engine/graph/schema'

export function add(graph: Graph, edit: EditOf<'add'>): Edited {
  const refused = whyNotAdded(graph, edit)
  if (refused !== null) return { refused }
  let next: Graph = {
    ...graph,
    nodes: insertAll(
      graph.nodes,
      edit.nodes.map(({ node, at }) => ({ item: node, at })),
    ),
  }
  for (const { edge, at } of edit.edges) {
    const why = at === undefined ? whyNotConnected(next, edge) : null
    if (why !== null) return { refused: why }
    next = { ...next, edges: insertAll(next.edges, [{ item: edge, at }]) }
  }
  // Edges between nodes that were there before would not go with the new nodes.
  const edges = edit.edges.map(({ edge }): EditOf<'disconnect'> => ({ type: 'disconnect', edge }))
  return {
    graph: next,
    inverse: { type: 'batch', edits: [...edges, { type: 'remove', nodes: edit.nodes.map(({ node }) => node.id) }] },
  }
}

function whyNotAdded(graph: Graph, edit: EditOf<'add'>): string | null {
  const ids = new Set(graph.nodes.map((node) => node.id))
  const named = new Set(graph.nodes.flatMap((node) => node.parent ?? []))
  for (const edge of graph.edges) named.add(edge.source).add(edge.target)
  for (const { node } of edit.nodes) {
    if (!isId(node.id)) return `\`${node.id}\` can't be the id of a node; choose another one.`
    if (ids.has(node.id)) return `There is a node with the id \`${node.id}\` already; choose another one.`
    if (named.has(node.id)) return `An edge or a node names \`${node.id}\` although it wasn't there; choose another id.`
    ids.add(node.id)
  }
  const lost = edit.nodes.find(({ node, at }) => at === undefined && node.parent !== undefined && !ids.has(node.parent))
  return lost === undefined ? null : `There is no box \`${lost.node.parent}\` to put \`${lost.node.id}\` into.`
}

export function remove(graph: Graph, edit: EditOf<'remove'>): Edited {
  const missing = edit.nodes.find((id) => !graph.nodes.some((node) => node.id === id))
  if (missing !== undefined) return noNode(missing)
  const gone = withInside(graph, edit.nodes)
  const nodes = withPlaces(graph.nodes, (node) => gone.has(node.id))
  const edges = withPlaces(graph.edges, (edge) => gone.has(edge.source) || gone.has(edge.target))
  return {
    graph: { ...graph, nodes: nodes.rest, edges: edges.rest },
    inverse: {
      type: 'add',
      nodes: nodes.taken.map(({ item, at }) => ({ node: item, at })),
      edges: edges.taken.map(({ item, at }) => ({ edge: item, at })),
    },
  }
}

/** The nodes with all that lies in them, however deep. */
function withInside(graph: Graph, ids: readonly string[]): ReadonlySet<string> {
  const children = Map.groupBy(graph.nodes, (node) => node.parent)
  const found = new Set(ids)
  for (const id of found) for (const child of children.get(id) ?? []) found.add(child.id)
  return found
}

export function move(graph: Graph, edit: EditOf<'move'>): Edited {
  const positions = new Map(Object.entries(edit.positions))
  const before: EditOf<'move'>['positions'] = {}
  const nodes = graph.nodes.map((node): GraphNode => {
    const position = positions.get(node.id)
    if (position === undefined) return node
    positions.delete(node.id)
    before[node.id] = node.position ?? null
    const { position: _, ...rest } = node
    return position === null ? rest : { ...rest, position }
  })
  const [missing] = positions.keys()
  if (missing !== undefined) return noNode(missing)
  return { graph: { ...graph, nodes }, inverse: { type: 'move', positions: before } }
}

/** The order of nodes is the order in which members of a team take their turns. */
export function reorder(graph: Graph, { node: id, at }: EditOf<'reorder'>): Edited {
  const from = graph.nodes.findIndex((node) => node.id === id)
  const node = graph.nodes[from]
  if (node === undefined) return noNode(id)
  if (at >= graph.nodes.length) return { refused: `There are only ${graph.nodes.length} nodes.` }
  const nodes = graph.nodes.toSpliced(from, 1).toSpliced(at, 0, node)
  return { graph: { ...graph, nodes }, inverse: { type: 'reorder', node: id, at: from } }
}

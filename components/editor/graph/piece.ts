import { placesOf } from '@/components/editor/graph/geometry'
import { outermost, withInside } from '@/components/editor/graph/graph-index'
import { freeId } from '@/components/editor/graph/new-node'
import type { EditOf } from '@/engine/graph/edits'
import { renameReferences } from '@/engine/graph/rename-references'
import type { Graph, GraphNode } from '@/engine/graph/schema'
import { specs } from '@/nodes/registry/specs'

/** A piece of a graph is a graph: the nodes with what lies in them and the edges among them. */
export function pieceOf(graph: Graph, ids: ReadonlySet<string>): Graph {
  const all = withInside(graph, ids)
  const roots = new Set(outermost(graph, ids))
  const places = placesOf(graph)
  const roles = new Set(graph.nodes.flatMap((node) => (all.has(node.id) ? [node.config.role] : [])))
  const embedded = Object.entries(graph.roles ?? {}).filter(([name]) => roles.has(name))
  return {
    baton: 1,
    name: `From ${graph.name}`.slice(0, 200),
    ...(embedded.length === 0 ? {} : { roles: Object.fromEntries(embedded) }),
    nodes: graph.nodes.flatMap((node): GraphNode[] => {
      if (!all.has(node.id)) return []
      if (!roots.has(node.id)) return [node]
      const { parent: _, ...rest } = node
      return [{ ...rest, position: places.get(node.id)?.absolute ?? { x: 0, y: 0 } }]
    }),
    edges: graph.edges.filter(({ source, target }) => all.has(source) && all.has(target)),
  }
}

export type Landing = { parent: string | null; shift: (at: { x: number; y: number }) => { x: number; y: number } }

/** The piece as new nodes of a graph: ids made unique, references inside it follow. */
export function addPiece(graph: Graph, piece: Graph, { parent, shift }: Landing): EditOf<'add'> {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const node of piece.nodes) {
    const id = freeId(graph, node.id, taken)
    taken.add(id)
    names.set(node.id, id)
  }
  const rename = (id: string) => names.get(id) ?? id
  const inPiece = new Set(piece.nodes.map(({ id }) => id))
  const places = placesOf(piece)
  return {
    type: 'add',
    nodes: piece.nodes.map((node) => {
      const { parent: box, ...rest } = node
      const isRoot = box === undefined || !inPiece.has(box)
      const at = places.get(node.id)?.at ?? { x: 0, y: 0 }
      const home = isRoot ? parent : rename(box)
      return {
        node: {
          ...rest,
          id: rename(node.id),
          config: renameReferences(specs, node, names),
          position: isRoot ? shift(at) : at,
          ...(home === null ? {} : { parent: home }),
        },
      }
    }),
    edges: piece.edges
      .filter(({ source, target }) => inPiece.has(source) && inPiece.has(target))
      .map((edge) => ({ edge: { ...edge, source: rename(edge.source), target: rename(edge.target) } })),
  }
}

import { edgeId } from '@/components/editor/graph/edge-id'
import { indexOf } from '@/components/editor/graph/graph-index'
import { isNote } from '@/components/editor/graph/kinds'
import { diffGraphs } from '@/engine/graph/diff'
import type { Graph } from '@/engine/graph/schema'

/** How the graph of a run differs from the one that it is shown on. */
export type Difference = 'none' | 'setup' | 'drawing'

/** What is drawn but was no part of the run, by id of the node and by `edgeId`: nothing happened there. */
export function foreignTo(run: Graph, drawn: Graph): string[] {
  const { byId } = indexOf(run)
  const nodes = drawn.nodes.filter(({ id, kind }) => !isNote(kind) && byId.get(id)?.kind !== kind).map(({ id }) => id)
  const ends = new Set(nodes)
  const ran = new Set(run.edges.map(edgeId))
  const edges = drawn.edges.filter((edge) => !ran.has(edgeId(edge)) || ends.has(edge.source) || ends.has(edge.target))
  return [...nodes, ...edges.map(edgeId)]
}

/** Names, notes and places on the canvas are no difference: the same happens. */
export function differenceBetween(run: Graph, drawn: Graph): Difference {
  const { added, removed, changed, edges, properties } = diffGraphs(withoutNotes(run), withoutNotes(drawn))
  const fields = new Set(changed.flatMap((node) => node.fields))
  if (added.length + removed.length + edges.added.length + edges.removed.length > 0) return 'drawing'
  if (fields.has('kind') || fields.has('parent')) return 'drawing'
  for (const field of ['name', 'position', 'size']) fields.delete(field)
  return fields.size > 0 || properties.some((each) => each === 'roles' || each === 'budget') ? 'setup' : 'none'
}

const withoutNotes = (graph: Graph): Graph => ({ ...graph, nodes: graph.nodes.filter(({ kind }) => !isNote(kind)) })

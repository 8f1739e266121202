import { indexOf } from '@/components/editor/graph/graph-index'
import type { Graph } from '@/engine/graph/schema'
import type { PathKey } from '@/engine/path'
import type { RunState } from '@/engine/run/state'
import { placesOn } from './canvas/instance-of'
import type { NodeEntry } from './run-tree'

/** One node of the run, without going through all the others; null when the graph has no such node. */
export function entryAt(graph: Graph, state: RunState, path: PathKey): NodeEntry | null {
  const { node: id, scopes } = placesOn(path)
  const node = indexOf(graph).byId.get(id)
  if (!node) return null
  const turn = /#(\d+)$/.exec(path)?.[1]
  const [, index] = scopes.at(-1) ?? []
  const where = [
    ...(turn === undefined || turn === '1' ? [] : [`turn ${turn}`]),
    ...(index === undefined ? [] : [`item ${index + 1}`]),
  ]
  return {
    type: 'node',
    path,
    node,
    title: [node.name ?? id, ...where].join(', '),
    state: state.nodes.get(path),
    inside: [],
  }
}

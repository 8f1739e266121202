import { indexOf } from '@/components/editor/graph/graph-index'
import type { Graph } from '@/engine/graph/schema'
import type { PathKey } from '@/engine/path'
import type { RunState } from '@/engine/run/state'
import { placesOn } from './canvas/instance-of'
import type { NodeEntry } from './run-tree'

/** One node of the run, without going through all the others; null when the graph has no such node. */
export function entryAt(graph: Graph, state: RunState, path: PathKey): NodeEntry | null {
  const node = indexOf(graph).byId.get(placesOn(path).node)
  if (!node) return null
  return { type: 'node', path, node, title: titleAt(graph, path), state: state.nodes.get(path), inside: [] }
}

/** What a place of the run is called: `Writer, turn 2, item 3`; the path itself when the graph has no such node. */
export function titleAt(graph: Graph, path: PathKey): string {
  const { node: id, scopes } = placesOn(path)
  const node = indexOf(graph).byId.get(id)
  if (!node) return path
  const turn = /#(\d+)$/.exec(path)?.[1]
  const [, index] = scopes.at(-1) ?? []
  const where = [
    ...(turn === undefined || turn === '1' ? [] : [`turn ${turn}`]),
    ...(index === undefined ? [] : [`item ${index + 1}`]),
  ]
  return [node.name ?? id, ...where].join(', ')
}

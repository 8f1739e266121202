import { parentOf } from '@/components/editor/graph/graph-index'
import type { Graph } from '@/engine/graph/schema'
import type { NodeState, RunState } from '@/engine/run/state'
import { instanceOf, type Looked } from './instance-of'

/**
 * How the nearest box around a node stands, if that was skipped: what lies in it never gets a state of its own, and was
 * skipped with it.
 */
export function skippedAround(graph: Graph, state: RunState, looked: Looked, id: string): NodeState | undefined {
  for (let box = parentOf(graph, id); box !== null; box = parentOf(graph, box)) {
    const around = stateOf(graph, state, looked, box)
    if (around) return around.status === 'skipped' ? around : undefined
  }
  return undefined
}

/** The nodes that nothing came to, by id. */
export const passedOver = (graph: Graph, state: RunState, looked: Looked): string[] =>
  graph.nodes.flatMap(({ id }) => {
    const shown = stateOf(graph, state, looked, id) ?? skippedAround(graph, state, looked, id)
    return shown?.status === 'skipped' ? [id] : []
  })

function stateOf(graph: Graph, state: RunState, looked: Looked, id: string): NodeState | undefined {
  const path = instanceOf(graph, state, looked, id)
  return path === null ? undefined : state.nodes.get(path)
}

import type { GraphEdge } from '@/engine/graph/schema'
import type { PathKey } from '@/engine/path'
import { isSettled, type NodeState, type RunState } from '@/engine/run/state'

/** `passing`: data went over it and is being worked on. `dead`: nothing will come this way any more. */
export type WireState = 'idle' | 'passing' | 'passed' | 'dead'

export function wireState(state: RunState, edge: GraphEdge, source: PathKey | null, target: PathKey | null): WireState {
  const from = source === null ? undefined : state.nodes.get(source)
  if (!from || !isSettled(from)) return 'idle'
  if (!leavesBy(from, edge.sourcePort ?? 'out')) return 'dead'
  const to = target === null ? undefined : state.nodes.get(target)
  if (to?.status === 'skipped' || to?.status === 'cancelled') return 'passed'
  return to === undefined || isSettled(to) ? 'passed' : 'passing'
}

const leavesBy = (node: NodeState, port: string): boolean =>
  node.status === 'completed' ? node.ports.includes(port) : node.status === 'failed' && node.handled?.port === port

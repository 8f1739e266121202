import type { PathKey } from '../path'
import { isOver, type NodeState, type RunState } from './state'

export type PublicStatus = 'queued' | 'running' | 'waiting' | 'paused' | 'completed' | 'failed' | 'cancelled'

export type WaitingFor = {
  path: PathKey
  reason: 'approval' | 'tool_approval' | 'doubt' | 'timer' | 'child' | 'backoff'
  until?: number
}

/** Does nothing run, and are only people, timers, other runs or backoff awaited? */
export function statusOf(state: RunState): PublicStatus {
  if (state.run.status !== 'running') return state.run.status
  return isWaiting(state) ? 'waiting' : 'running'
}

function isWaiting(state: RunState): boolean {
  let waiting = false
  for (const [path, node] of state.nodes) {
    if (node.status === 'waiting' || node.status === 'retrying') waiting = true
    if (node.status === 'running' && !state.openings.has(path)) return false
  }
  return waiting
}

export function waitingFor(state: RunState): WaitingFor[] {
  if (isOver(state.run)) return []
  const list: WaitingFor[] = []
  for (const [path, node] of state.nodes) {
    const entry = waitOf(path, node)
    if (entry) list.push(entry)
  }
  return list
}

function waitOf(path: PathKey, node: NodeState): WaitingFor | null {
  if (node.status === 'retrying') return { path, reason: 'backoff', until: node.retryAt }
  if (node.status !== 'waiting') return null
  const { waiting } = node
  if (waiting.reason === 'timer') return { path, reason: 'timer', until: waiting.until }
  const until = waiting.reason === 'approval' ? waiting.deadline : undefined
  return { path, reason: waiting.reason, ...(until === undefined ? {} : { until }) }
}

/** Over, paused, or nothing goes on without a person: whoever waits for the run need not wait any longer. */
export const atRest = (state: RunState): boolean => {
  const status = statusOf(state)
  return status !== 'queued' && status !== 'running' && (status !== 'waiting' || needsPerson(state))
}

export const personReasons = ['approval', 'tool_approval', 'doubt'] as const
export type PersonReason = (typeof personReasons)[number]

export const isForPerson = (reason: string): reason is PersonReason => personReasons.some((each) => each === reason)

/** Somebody has to do something before the run goes on. */
export const needsPerson = (state: RunState): boolean => waitingFor(state).some(({ reason }) => isForPerson(reason))

import type { PathKey } from '@/engine/path'
import type { NodeState, RunState, StepState } from '@/engine/run/state'
import { addUsage, noUsage, type Usage } from '@/engine/usage'

/** What the recorded steps of a node used up; null when it has none that count. */
export function usageOf(state: RunState, path: PathKey): Usage | null {
  let usage: Usage | null = null
  for (const step of state.steps.get(path)?.values() ?? []) {
    if (step.status === 'completed' && step.usage) usage = addUsage(usage ?? noUsage, step.usage)
  }
  return usage
}

export const isSimulated = (state: RunState, path: PathKey): boolean =>
  [...(state.steps.get(path)?.values() ?? [])].some((step) => step.status === 'completed' && step.simulated === true)

/** How long a node or step took, or has been at it; null when there is nothing to measure. */
export function durationOf(state: NodeState | StepState | undefined, now: number): number | null {
  if (!state || !('startedAt' in state)) return null
  return ('endedAt' in state ? state.endedAt : now) - state.startedAt
}

export const isUnderWay = (state: NodeState | undefined): boolean =>
  state?.status === 'running' || state?.status === 'waiting' || state?.status === 'retrying'

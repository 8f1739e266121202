import type { PathKey } from '@/engine/path'
import type { NodeState, RunState, StepState } from '@/engine/run/state'
import { addUsage, noUsage, type Usage } from '@/engine/usage'

const known = new WeakMap<ReadonlyMap<string, StepState>, Usage | null>()

/** What the recorded steps of a node used up; null when it has none that count. Screens get their steps as immutable maps. */
export function usageOf(state: RunState, path: PathKey): Usage | null {
  const steps = state.steps.get(path)
  if (!steps) return null
  const found = known.get(steps)
  if (found !== undefined) return found
  let usage: Usage | null = null
  for (const step of steps.values()) {
    if (step.status === 'completed' && step.usage) usage = addUsage(usage ?? noUsage, step.usage)
  }
  known.set(steps, usage)
  return usage
}

/** Is this in that box? */
export const liesIn = (path: PathKey, box: PathKey): boolean =>
  path.startsWith(box) && (path[box.length] === '/' || path[box.length] === '[')

/** The same for everything that lies in a box. */
export function usageInside(state: RunState, path: PathKey): Usage | null {
  let usage = usageOf(state, path)
  for (const key of state.steps.keys()) {
    if (!liesIn(key, path)) continue
    const inside = usageOf(state, key)
    if (inside) usage = addUsage(usage ?? noUsage, inside)
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

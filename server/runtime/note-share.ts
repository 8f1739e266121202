import type { PathKey } from '@/engine/path'
import type { Budget } from '@/engine/run/budget'
import type { Fact } from '@/engine/run/events'
import { isSettled, type RunState } from '@/engine/run/state'

/** Under which step it is recorded what a child run used. */
export const usedStep = (runId: string): string => `used.${runId}`

/** The share of a child run is held until what was used counts, or until nobody waits for the child any more. */
export function noteShare(held: { shares: Map<PathKey, Budget>; state: RunState }, fact: Fact): void {
  if (held.shares.size === 0 || !('path' in fact) || fact.path === undefined) return
  const isUsed = fact.type === 'step.completed' && fact.step.startsWith(usedStep(''))
  if (isUsed || fact.type === 'node.retrying' || isSettled(held.state.nodes.get(fact.path)))
    held.shares.delete(fact.path)
}

import { isJsonObject } from '@/engine/json'
import type { PathKey } from '@/engine/path'
import { addEstimate, Budget, type Estimate, noReserve } from '@/engine/run/budget'
import { isSettled } from '@/engine/run/state'
import { type Drive, readValue } from './drive'
import { usedStep } from './note-share'

/**
 * What a child run may use: of what its parent has left, an even share among all that is at work at this moment. It is
 * held for the child until what that used is known, so that no number of children can use more than there is.
 */
export function takeShare(drive: Drive, path: PathKey, now: number): Budget {
  const { budget, usage, startedAt } = drive.state
  drive.shares.delete(path)
  const held = addEstimate(drive.reserved, sharesOf(drive))
  const parts = partsOf(drive, path)
  const left = (max: number | undefined, used: number) => (max === undefined ? undefined : Math.max(0, max - used))
  const tokens = left(budget.maxTokens, usage.inputTokens + usage.outputTokens + held.tokens)
  const steps = left(budget.maxSteps, usage.steps + held.steps)
  const cost = left(budget.maxCost, (usage.cost ?? 0) + (held.cost ?? 0))
  const seconds = left(budget.maxSeconds, (now - (startedAt ?? now)) / 1_000)
  const share: Budget = {
    ...(tokens === undefined ? {} : { maxTokens: Math.ceil(tokens / parts) }),
    ...(steps === undefined ? {} : { maxSteps: Math.ceil(steps / parts) }),
    ...(cost === undefined ? {} : { maxCost: cost / parts }),
    // Time passes for all of them at once.
    ...(seconds === undefined ? {} : { maxSeconds: seconds }),
  }
  if (Object.keys(share).length > 0) drive.shares.set(path, share)
  return share
}

/** What is held for child runs, together. */
export function sharesOf({ shares }: Drive): Estimate {
  let sum = noReserve
  for (const { maxTokens = 0, maxSteps = 0, maxCost = 0 } of shares.values())
    sum = addEstimate(sum, { tokens: maxTokens, steps: maxSteps, cost: maxCost })
  return sum
}

/** Itself, and whatever else is at work without a share of its own. */
function partsOf({ schedule, shares }: Drive, path: PathKey): number {
  let parts = 1
  for (const { key, phase, box, node } of schedule.instances.values())
    if (phase === 'running' && !box && !node.inline && key !== path && !shares.has(key)) parts += 1
  return parts
}

/** Of the child runs that were under way when the run was taken over. */
export function restoreShares(drive: Drive): void {
  for (const [path, steps] of drive.state.steps) {
    if (isSettled(drive.state.nodes.get(path))) continue
    for (const step of steps.values()) {
      if (step.status !== 'completed' || step.kind !== 'child') continue
      const started = readValue(drive, step.result)
      if (!isJsonObject(started) || steps.has(usedStep(String(started.runId)))) continue
      const share = Budget.safeParse(started.share)
      if (share.success) drive.shares.set(path, withoutUndefined(share.data))
    }
  }
}

const withoutUndefined = (budget: { [limit: string]: number | undefined }): Budget =>
  Object.fromEntries(Object.entries(budget).filter(([, max]) => max !== undefined)) as Budget

import { z } from 'zod'
import type { Usage } from '../usage'

const limit = z.number().nonnegative()
export const Budget = z.strictObject({
  maxTokens: limit.optional(),
  maxCost: limit.optional(),
  maxSeconds: limit.optional(),
  maxSteps: limit.optional(),
})
export type Budget = { [K in keyof z.infer<typeof Budget>]?: number }
export type BudgetLimit = keyof Budget

/** The smaller of two limits of each kind. */
export function tighter(a: Budget, b: Budget): Budget {
  const limits: Budget = { ...a }
  for (const [limit, max] of Object.entries(b) as [BudgetLimit, number][]) {
    limits[limit] = Math.min(max, a[limit] ?? max)
  }
  return limits
}

/** What a call may use at most; `cost` is null when the model has no known price. */
export type Estimate = { tokens: number; cost: number | null; steps: number }

export type Breach =
  | { type: 'hit'; limit: BudgetLimit; used: number; wanted: number; max: number }
  /** With a limit in money, what costs an unknown amount may not start. */
  | { type: 'price_unknown' }

/**
 * Reserved before a call is made, so that calls under way at the same time can't break a limit together. What costs an
 * unknown amount reserves no money: with a limit in money it isn't made, and without one it must not hide the others.
 */
export const noReserve: Estimate = { tokens: 0, cost: 0, steps: 0 }

export const addEstimate = (a: Estimate, b: Estimate): Estimate => ({
  tokens: a.tokens + b.tokens,
  cost: (a.cost ?? 0) + (b.cost ?? 0),
  steps: a.steps + b.steps,
})

export const withoutEstimate = (a: Estimate, b: Estimate): Estimate => ({
  tokens: a.tokens - b.tokens,
  cost: (a.cost ?? 0) - (b.cost ?? 0),
  steps: a.steps - b.steps,
})

type Spending = { usage: Usage; reserved: Estimate; seconds: number }

/** Null: the call may be made. */
export function checkBudget(budget: Budget, { usage, reserved, seconds }: Spending, wanted: Estimate): Breach | null {
  const spent: [BudgetLimit, number, number][] = [
    ['maxTokens', usage.inputTokens + usage.outputTokens + reserved.tokens, wanted.tokens],
    ['maxSteps', usage.steps + reserved.steps, wanted.steps],
    ['maxSeconds', seconds, 0],
    ['maxCost', (usage.cost ?? 0) + (reserved.cost ?? 0), wanted.cost ?? 0],
  ]
  if (budget.maxCost !== undefined && (wanted.cost === null || usage.cost === null)) return { type: 'price_unknown' }
  for (const [limit, used, want] of spent) {
    const max = budget[limit]
    if (max === undefined) continue
    // Time can't be reserved: it is over when it is used up.
    if (limit === 'maxSeconds' ? used >= max : used + want > max) return { type: 'hit', limit, used, wanted: want, max }
  }
  return null
}

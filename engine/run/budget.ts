import { z } from 'zod'

const limit = z.number().nonnegative()
export const Budget = z.strictObject({
  maxTokens: limit.optional(),
  maxCost: limit.optional(),
  maxSeconds: limit.optional(),
  maxSteps: limit.optional(),
})
export type Budget = { [K in keyof z.infer<typeof Budget>]?: number }
export type BudgetLimit = keyof Budget

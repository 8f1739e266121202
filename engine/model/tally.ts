import type { Json } from '@/engine/json'
import { isJsonObject } from '@/engine/json'
import type { ModelAnswer } from '@/engine/model/types'

/** What a node shows of its model calls. `cost` is null when a price is unknown, which is not the same as free. */
export type Tally = { inputTokens: number; outputTokens: number; cost: number | null }

export const nothing: Tally = { inputTokens: 0, outputTokens: 0, cost: 0 }

export const addTally = (a: Tally, b: Tally): Tally => ({
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
  cost: a.cost === null || b.cost === null ? null : a.cost + b.cost,
})

export const tallyOf = ({ usage, cost }: ModelAnswer): Tally => ({
  inputTokens: usage.inputTokens,
  outputTokens: usage.outputTokens,
  cost,
})

/** The usage that an agent or a team put into its output; other outputs have none. */
export function tallyIn(output: Json): Tally {
  const usage = isJsonObject(output) ? output.usage : undefined
  if (!isJsonObject(usage)) return nothing
  const { inputTokens, outputTokens, cost } = usage
  if (typeof inputTokens !== 'number' || typeof outputTokens !== 'number') return nothing
  return { inputTokens, outputTokens, cost: typeof cost === 'number' ? cost : null }
}

/** What was used up. `cost` is in US dollars; null means that a price was unknown, which is not the same as free. */
export type Usage = { inputTokens: number; outputTokens: number; cost: number | null; steps: number }

export const noUsage: Usage = { inputTokens: 0, outputTokens: 0, cost: 0, steps: 0 }

export const addUsage = (a: Usage, b: Usage): Usage => ({
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
  cost: a.cost === null || b.cost === null ? null : a.cost + b.cost,
  steps: a.steps + b.steps,
})

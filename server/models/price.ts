import { own } from '@/engine/json'
import table from '@/server/models/prices.json'
import type { Connection, Price, TokenUsage } from '@/server/models/types'

export const pricesAsOf: string = table.asOf

const listPrices: Readonly<Record<string, Readonly<Record<string, Price>>>> = table.hosts

function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).hostname : ''
}

/** `gpt-5-2025-08-07`, `claude-haiku-4-5-20251001` and `models/gemini-2.5-pro` are priced like the name without it. */
const familyOf = (model: string): string =>
  model.replace(/^models\//, '').replace(/-(\d{4}-\d{2}-\d{2}|\d{8}|latest)$/, '')

/**
 * What the workspace set for the connection, else the public list price at that very host. The same model name at another
 * host is another price, so it is unknown: null.
 */
export function priceOf(connection: Pick<Connection, 'baseUrl' | 'prices'>, model: string): Price | null {
  const listed = own(listPrices, hostOf(connection.baseUrl)) ?? {}
  const set = connection.prices ?? {}
  return own(set, model) ?? own(set, '*') ?? own(listed, model) ?? own(listed, familyOf(model)) ?? null
}

export function costOf(price: Price | null, usage: TokenUsage): number | null {
  if (price === null) return null
  if (price.maxInputTokens !== undefined && usage.inputTokens > price.maxInputTokens) return null
  const cached = Math.min(usage.cachedTokens ?? 0, usage.inputTokens)
  const input = (usage.inputTokens - cached) * price.input + cached * (price.cachedInput ?? price.input)
  return (input + usage.outputTokens * price.output) / 1_000_000
}

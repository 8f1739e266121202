import type { ModelChoice } from '../inspector-context'

const dollars = (amount: number): string =>
  amount === 0 ? '$0' : `$${amount.toFixed(amount < 0.1 ? 3 : 2)}`.replace(/\.00$/, '')

/** `$2.50 in · $15 out`, per million tokens. */
export function priceWords({ price, simulated }: Pick<ModelChoice, 'price' | 'simulated'>): string {
  if (simulated) return 'free'
  return price === null ? 'price unknown' : `${dollars(price.input)} in · ${dollars(price.output)} out`
}

import type { ConnectionView } from '@/server/connections/connection-view'
import type { ModelChoice, PriceHint } from '../inspector-context'

const aliases = ['default', 'fast', 'smart'] as const
type Aliases = Partial<Record<(typeof aliases)[number], string>>

/** The names for models with what they mean, then the models of the connections. */
export function modelChoices(connections: readonly ConnectionView[], meant: Aliases): readonly ModelChoice[] {
  const models = connections.flatMap(({ name, models, knownPrices }) =>
    models.map(
      (model): ModelChoice => ({
        name: `${name}/${model}`,
        type: 'model',
        about: '',
        price: priceOf(knownPrices[model]),
        simulated: false,
      }),
    ),
  )
  const named = aliases.map((alias): ModelChoice => {
    const target = meant[alias] ?? connections[0]?.name ?? 'simulated'
    const model = models.find(({ name }) => name === target || name.startsWith(`${target}/`))
    const simulated = target === 'simulated'
    return {
      name: alias,
      type: 'alias',
      about: simulated ? 'simulated' : (model?.name ?? target),
      price: model?.price ?? null,
      simulated,
    }
  })
  return [...named, ...models]
}

const priceOf = (price: ConnectionView['knownPrices'][string] | undefined): PriceHint | null =>
  price === undefined ? null : { input: price.input, output: price.output }

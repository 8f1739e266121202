import { expect, test } from 'vitest'
import type { ConnectionView } from '@/server/connections/connection-view'
import { modelChoices } from './model-choices'

const connection: ConnectionView = {
  id: null,
  name: 'openai',
  source: 'environment',
  baseUrl: 'http://127.0.0.1:1/v1',
  hasKey: true,
  models: ['big', 'small'],
  prices: {},
  knownPrices: { small: { input: 0.1, output: 0.4 } },
  fallback: null,
  createdAt: null,
  updatedAt: null,
}

test('without a connection every name means the simulated model', () => {
  expect(modelChoices([], {}).map(({ name, about, simulated }) => [name, about, simulated])).toEqual([
    ['default', 'simulated', true],
    ['fast', 'simulated', true],
    ['smart', 'simulated', true],
  ])
})

test('a name takes over the price of the model it means, and an unknown price stays unknown', () => {
  const choices = modelChoices([connection], { fast: 'openai/small' })
  expect(choices.map(({ name, about, price }) => [name, about, price])).toEqual([
    ['default', 'openai/big', null],
    ['fast', 'openai/small', { input: 0.1, output: 0.4 }],
    ['smart', 'openai/big', null],
    ['openai/big', '', null],
    ['openai/small', '', { input: 0.1, output: 0.4 }],
  ])
})

import { expect, test } from 'vitest'
import { priceWords } from './price-words'

test.each([
  [{ input: 2.5, output: 15 }, '$2.50 in · $15 out'],
  [{ input: 0.05, output: 0.4 }, '$0.050 in · $0.40 out'],
  [{ input: 0, output: 0 }, '$0 in · $0 out'],
])('a price of %j reads %s', (price, words) => {
  expect(priceWords({ price, simulated: false })).toBe(words)
})

test('an unknown price is not free, and simulated words are', () => {
  expect(priceWords({ price: null, simulated: false })).toBe('price unknown')
  expect(priceWords({ price: null, simulated: true })).toBe('free')
})

import { expect, it } from 'vitest'
import { median, middleBy, percentile } from '@/bench/stats'

const oneToHundred = Array.from({ length: 100 }, (_, index) => 100 - index)

it('a percentile is a value that was measured, the smallest that enough values do not exceed', () => {
  expect(percentile(oneToHundred, 0.5)).toBe(50)
  expect(percentile(oneToHundred, 0.95)).toBe(95)
  expect(percentile(oneToHundred, 1)).toBe(100)
  expect(percentile([7], 0.95)).toBe(7)
  expect(percentile([3, 1], 0)).toBe(1)
})

it('the median of an even number of values lies between the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([9, 1, 5])).toBe(5)
})

it('nothing measured is not a number, and no measurement to choose from is an error', () => {
  expect(percentile([], 0.5)).toBeNaN()
  expect(median([])).toBeNaN()
  expect(() => middleBy([], Number)).toThrow('Nothing was measured')
  expect(middleBy([{ n: 30 }, { n: 10 }, { n: 20 }], ({ n }) => n)).toEqual({ n: 20 })
})

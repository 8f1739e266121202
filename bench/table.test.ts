import { expect, it } from 'vitest'
import { isReached } from '@/bench/result'
import { number, printPart } from '@/bench/table'

it('a number keeps about three digits', () => {
  expect([0.3, 0.256, 4, 12.34, 7246.4, 1_234_567, Number.NaN].map(number)).toEqual([
    '0.30',
    '0.26',
    '4',
    '12.3',
    '7,246',
    '1,234,567',
    '–',
  ])
})

it('a line says whether its goal was reached, and one without a goal says nothing', () => {
  const row = { id: 'a.x', measure: 'x', value: 4, unit: 'ms' as const }
  const rows = [row, { ...row, goal: { atMost: 4 } }, { ...row, goal: { below: 4 } }, { ...row, goal: { atLeast: 5 } }]
  const text = printPart({ part: 'a', title: 'Runs', seconds: 1, rows })
  expect(text.split('\n').map((line) => /reached|MISSED/.exec(line)?.[0] ?? null)).toEqual([
    null,
    null,
    null,
    'reached',
    'MISSED',
    'MISSED',
  ])
})

it('what could not be measured has not reached its goal', () => {
  expect(isReached({ id: 'a.x', measure: 'x', value: Number.NaN, unit: 'ms', goal: { atMost: 4 } })).toBe(false)
})

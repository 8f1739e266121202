import { expect, it } from 'vitest'
import { number } from '@/e2e/testing/chance'
import { scopeCount } from './scope-count'

const progress = (more: object) => ({ total: 0, done: 0, failed: 0, active: 0, marks: [], ...more })

it('of the items of a map it is told how many of all are over', () => {
  const all = number(10, 900)
  expect(scopeCount({ kind: 'map', config: {} }, progress({ total: all, done: 3, failed: 2 }))).toBe(`5/${all}`)
})

it('of a loop it is told which iteration it is at and how many there may be, never a total that grows', () => {
  const maxIterations = number(3, 900)
  const loop = { kind: 'loop', config: { maxIterations } }
  expect(scopeCount(loop, progress({ total: 1, active: 1 }))).toBe(`1 · max ${maxIterations}`)
  expect(scopeCount(loop, progress({ total: 2, done: 1, active: 1 }))).toBe(`2 · max ${maxIterations}`)
})

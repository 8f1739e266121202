import { expect, it } from 'vitest'
import { createDetails } from './details'

function openDetails(cards: number) {
  const waiting: (() => void)[] = []
  const details = createDetails((work) => {
    waiting.push(work)
    return () => waiting.splice(waiting.indexOf(work), 1)
  })
  const numbers = Array.from({ length: cards }, details.take)
  return {
    details,
    waiting,
    turn: () => waiting.shift()?.(),
    pending: () => numbers.filter((number) => number >= details.shown.getState().count).length,
  }
}

it('a small graph is drawn whole at once', () => {
  const { waiting, pending } = openDetails(60)
  expect(pending()).toBe(0)
  expect(waiting).toEqual([])
})

it('of a large graph some cards follow in each turn until all are whole, and then those that are added', () => {
  const { details, waiting, turn, pending } = openDetails(500)
  let before = pending()
  expect(before).toBeGreaterThan(300)
  while (waiting.length > 0) {
    expect(waiting).toHaveLength(1)
    turn()
    expect(pending()).toBeLessThan(before)
    expect(before - pending()).toBeLessThan(50)
    before = pending()
  }
  expect(pending()).toBe(0)
  const added = Array.from({ length: 100 }, details.take)
  while (waiting.length > 0) turn()
  expect(added.every((number) => number < details.shown.getState().count)).toBe(true)
})

it('nothing follows on a canvas that is gone', () => {
  const { details, waiting, turn } = openDetails(500)
  turn()
  details.stop()
  expect(waiting).toEqual([])
})

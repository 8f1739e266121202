import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Card, nearMiddle, type View } from './near-middle'

const place = fc.integer({ min: -5_000, max: 5_000 })
const length = fc.integer({ min: 1, max: 500 })
const cards = fc
  .array(fc.record({ x: place, y: place, width: length, height: length }), { maxLength: 60 })
  .map((rects) => rects.map((rect, index): Card => ({ id: `n${index}`, rect })))
const view = fc.record({
  x: place,
  y: place,
  width: fc.integer({ min: 100, max: 2_000 }),
  height: fc.integer({ min: 100, max: 2_000 }),
  zoom: fc.double({ min: 0.1, max: 2, noNaN: true }),
})

/** Does it cover any of the screen? */
const isSeen = ({ rect }: Card, { x, y, width, height, zoom }: View): boolean =>
  rect.x * zoom + x < width &&
  (rect.x + rect.width) * zoom + x > 0 &&
  rect.y * zoom + y < height &&
  (rect.y + rect.height) * zoom + y > 0

it('takes what is on the screen before anything else, and all of it in the end', () => {
  fc.assert(
    fc.property(cards, view, (all, seenFrom) => {
      const ordered = nearMiddle(all, seenFrom, all.length)
      expect([...ordered].sort()).toEqual(all.map(({ id }) => id).sort())
      const seen = new Set(all.filter((card) => isSeen(card, seenFrom)).map(({ id }) => id))
      expect(new Set(ordered.slice(0, seen.size))).toEqual(seen)
    }),
  )
})

it('begins in the middle of the screen and takes no more than was asked for', () => {
  fc.assert(
    fc.property(cards, view, fc.integer({ min: 0, max: 20 }), (all, seenFrom, count) => {
      const { x, y, width, height, zoom } = seenFrom
      const middle = { x: (width / 2 - x) / zoom - 20, y: (height / 2 - y) / zoom - 10 }
      const central: Card = { id: 'central', rect: { ...middle, width: 40, height: 20 } }
      const taken = nearMiddle([...all, central], seenFrom, count)
      expect(taken).toHaveLength(Math.min(count, all.length + 1))
      const isAlone = all.every(({ rect }) => {
        const away = Math.hypot(rect.x + rect.width / 2 - (middle.x + 20), rect.y + rect.height / 2 - (middle.y + 10))
        return away > 0.001
      })
      if (count > 0 && isAlone) expect(taken[0]).toBe('central')
    }),
  )
})

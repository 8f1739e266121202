import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeBeside } from './place-beside'

const screen = { width: 1440, height: 900 }
const card = { width: 320, height: 150 }

describe('the card of the tour', () => {
  it('lies on the screen and not over what it explains, wherever that is', () => {
    const target = fc.record({
      left: fc.integer({ min: 0, max: 1_400 }),
      top: fc.integer({ min: 0, max: 860 }),
      width: fc.integer({ min: 10, max: 700 }),
      height: fc.integer({ min: 10, max: 400 }),
    })
    fc.assert(
      fc.property(target, (at) => {
        const { left, top } = placeBeside(at, card, screen)
        expect(left).toBeGreaterThanOrEqual(0)
        expect(top).toBeGreaterThanOrEqual(0)
        expect(left + card.width).toBeLessThanOrEqual(screen.width)
        expect(top + card.height).toBeLessThanOrEqual(screen.height)
        const apart =
          left + card.width <= at.left ||
          at.left + at.width <= left ||
          top + card.height <= at.top ||
          at.top + at.height <= top
        expect(apart).toBe(true)
      }),
    )
  })

  it('stays on a screen that is too small to keep clear of it', () => {
    const phone = { width: 390, height: 400 }
    const { left, top } = placeBeside({ left: 0, top: 0, width: 390, height: 400 }, card, phone)
    expect([left >= 0, top >= 0, left + card.width <= 390, top + card.height <= 400]).toEqual([true, true, true, true])
  })
})

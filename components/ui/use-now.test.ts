import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { clock } from './use-now'

describe('the clock of a page', () => {
  afterEach(() => void vi.useRealTimers())

  it('never says less than it was when somebody begins to look, however long the page has been there', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.integer({ min: 1_000, max: 60_000 }),
        (later, everyMs) => {
          vi.useFakeTimers({ now: 1_000_000_000 })
          const { subscribe, read } = clock(everyMs)
          vi.setSystemTime(1_000_000_000 + later)
          const leave = subscribe(() => {})
          expect(read()).toBe(1_000_000_000 + later)
          vi.advanceTimersByTime(everyMs)
          expect(read()).toBe(1_000_000_000 + later + everyMs)
          leave()
        },
      ),
    )
  })
})

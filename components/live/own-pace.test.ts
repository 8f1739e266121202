import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ownPace } from './own-pace'

/** A screen of 60 frames a second, and work that takes its time by the same clock. */
function screen({ hidden = false } = {}) {
  let now = 0
  const due: { at: number; work: () => void }[] = []
  const plan = (at: number, work: () => void) => void due.push({ at, work })
  const frameMs = 1_000 / 60
  vi.stubGlobal('performance', { now: () => now })
  vi.stubGlobal('document', { hidden })
  vi.stubGlobal('setTimeout', (work: (draw: unknown) => void, ms: number, draw: unknown) =>
    plan(now + ms, () => work(draw)),
  )
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => plan((Math.floor(now / frameMs) + 1) * frameMs, work))
  const next = async () => {
    due.sort((a, b) => a.at - b.at)
    const one = due.shift()
    if (!one) throw new Error('Nothing is planned.')
    now = Math.max(now, one.at)
    one.work()
    await Promise.resolve()
  }
  const spend = (ms: number) => {
    now += ms
  }
  return { now: () => now, next, spend }
}

describe('the pace of a run that is drawn', () => {
  afterEach(() => void vi.unstubAllGlobals())

  const drawFor = async (costMs: number, untilMs: number) => {
    const { now, next, spend } = screen()
    const nextFrame = ownPace()
    let drawings = 0
    const draw = () => {
      drawings += 1
      // What React does with it comes in a microtask.
      queueMicrotask(() => spend(costMs))
    }
    while (now() < untilMs) {
      const before = drawings
      nextFrame(draw)
      while (drawings === before) await next()
    }
    return drawings
  }

  it('draws in each frame what costs next to nothing', async () => {
    expect(await drawFor(1, 1_000)).toBeGreaterThanOrEqual(58)
  })

  it('never takes more than a quarter of the time, and a frame', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 4, max: 300 }), async (costMs) => {
        const drawings = await drawFor(costMs, 10_000)
        expect((drawings - 1) * costMs).toBeLessThanOrEqual(2_500 + costMs)
        expect(drawings * (costMs * 4 + 34)).toBeGreaterThanOrEqual(9_900)
      }),
      { numRuns: 50 },
    )
  })

  it('goes on in a hidden tab, which gets no frames', async () => {
    const { now, next } = screen({ hidden: true })
    const drawn: number[] = []
    ownPace()(() => drawn.push(now()))
    await next()
    expect(drawn).toEqual([250])
  })
})

import type { Page } from 'playwright-core'
import type { Stage } from './bare/stage'

declare global {
  interface Window {
    benchProbe: Probe
  }
}

type Probe = {
  /** When everything was in the page; null before. */
  drawnAt: number | null
  lastLongTask: number
  count: Count | null
}

type Count = { last: string; positions: number; began: number; frame: number; slowest: number }

type Wanted = { nodes: number; edges: number }

/** Before anything of the page runs: notes when everything is drawn and when the page was last too busy to answer. */
export const installProbe = (page: Page, wanted: Wanted): Promise<unknown> =>
  page.addInitScript(({ nodes, edges }) => {
    const probe: Probe = { drawnAt: null, lastLongTask: 0, count: null }
    window.benchProbe = probe
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) probe.lastLongTask = startTime + duration
    }).observe({ type: 'longtask', buffered: true })
    const drawn = document.getElementsByClassName('react-flow__node')
    const lines = document.getElementsByClassName('react-flow__edge')
    const look = () => {
      if (drawn.length >= nodes && lines.length >= edges) probe.drawnAt ??= performance.now()
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  }, wanted)

const quietMs = 500

/** Everything is drawn, and from this moment on the page answers at once: ms since it was asked for. */
export async function interactiveAt(page: Page): Promise<number> {
  await page.waitForFunction(
    (quiet) => {
      const { drawnAt, lastLongTask } = window.benchProbe
      return drawnAt !== null && performance.now() - Math.max(drawnAt, lastLongTask) > quiet
    },
    quietMs,
    { timeout: 60_000, polling: 100 },
  )
  return page.evaluate(() => Math.max(window.benchProbe.drawnAt ?? Number.NaN, window.benchProbe.lastLongTask))
}

/** Counts from now on, frame by frame, in how many different places this element (or the knob of this slider) is. */
export const startCounting = (page: Page, selector: string): Promise<void> =>
  page.evaluate((wanted) => {
    const target = document.querySelector<HTMLElement>(wanted)
    if (target === null) throw new Error(`There is no ${wanted}.`)
    const place = () => (target instanceof HTMLInputElement ? target.value : target.style.transform)
    const now = performance.now()
    const count: Count = { last: place(), positions: 0, began: now, frame: now, slowest: 0 }
    window.benchProbe.count = count
    const look = (time: number) => {
      if (window.benchProbe.count !== count) return
      count.slowest = Math.max(count.slowest, time - count.frame)
      count.frame = time
      if (place() !== count.last) {
        count.last = place()
        count.positions++
      }
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  }, selector)

export type Counted = { perSecond: number; slowestFrameMs: number }

export const stopCounting = (page: Page): Promise<Counted> =>
  page.evaluate(() => {
    const { count } = window.benchProbe
    window.benchProbe.count = null
    if (count === null) throw new Error('Nothing was counted.')
    const seconds = (performance.now() - count.began) / 1_000
    return { perSecond: count.positions / seconds, slowestFrameMs: count.slowest }
  })

/** What of JavaScript is still needed after the garbage is gone, in MB. */
export async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  try {
    // What the first round lets go of may hold on to more.
    for (let round = 0; round < 2; round++) await session.send('HeapProfiler.collectGarbage')
    const { usedSize } = await session.send('Runtime.getHeapUsage')
    return usedSize / 1024 / 1024
  } finally {
    await session.detach()
  }
}

export const stageOf = (page: Page): Promise<Stage> =>
  page.evaluate(() => {
    const flow = document.querySelector('.react-flow')
    const shown = document.querySelector<HTMLElement>('.react-flow__viewport')
    if (flow === null || shown === null) throw new Error('There is no canvas.')
    const { x, y, width, height } = flow.getBoundingClientRect()
    const { e, f, a } = new DOMMatrix(shown.style.transform)
    return { place: { x, y, width, height }, viewport: { x: e, y: f, zoom: a } }
  })

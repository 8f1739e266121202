import type { BrowserContext, Page } from 'playwright-core'
import { crowdAgents, crowdEdges, crowdNodes } from './crowd'
import { type Gesture, gestures, perform, scrub } from './gestures'
import { type Counted, heapMb, installProbe, interactiveAt } from './probe'

export type Seen = { interactiveMs: number; heapMb: number; perSecond: Record<Gesture, number> }

type Visit = {
  url: string
  gestureMs: number
  /** What is on the page only when there is something to measure. */
  wanted?: string
}

/** Opens the page, looks how long that takes, moves everything there is to move, and looks what it holds on to. */
export const visit = (context: BrowserContext, { url, gestureMs, wanted }: Visit): Promise<Seen> =>
  onPage(context, url, async (page) => {
    const interactiveMs = await interactiveAt(page)
    if (wanted !== undefined) await page.waitForFunction(allThere, { wanted, count: crowdAgents }, { timeout: 120_000 })
    const perSecond = { pan: Number.NaN, zoom: Number.NaN, drag: Number.NaN }
    for (const gesture of gestures) perSecond[gesture] = await perform(page, gesture, gestureMs)
    return { interactiveMs, perSecond, heapMb: await heapMb(page) }
  })

const allThere = ({ wanted, count }: { wanted: string; count: number }): boolean =>
  document.querySelectorAll(wanted).length >= count

/** Goes through the log of a run that is over. */
export const visitRun = (context: BrowserContext, { url, gestureMs }: Visit): Promise<Counted> =>
  onPage(context, url, async (page) => {
    await page.locator('input.scrubber:enabled').waitFor({ timeout: 60_000 })
    await interactiveAt(page)
    return scrub(page, gestureMs)
  })

async function onPage<T>(context: BrowserContext, url: string, work: (page: Page) => Promise<T>): Promise<T> {
  const page = await context.newPage()
  try {
    await installProbe(page, { nodes: crowdNodes, edges: crowdEdges })
    await page.goto(url, { waitUntil: 'commit' })
    return await work(page)
  } finally {
    await page.close()
  }
}

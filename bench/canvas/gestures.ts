import type { Page } from 'playwright-core'
import { pause } from '@/bench/machine/pause'
import { type Counted, startCounting, stopCounting } from './probe'

type Point = { x: number; y: number }
export type Gesture = 'pan' | 'zoom' | 'drag'
export const gestures: readonly Gesture[] = ['pan', 'zoom', 'drag']

/** A hand tells where it is more often than any screen is drawn; what is not taken up yet holds it back. */
const inFlight = 3
/** A wheel that was still for so long is at rest; before that, React Flow takes whatever comes for a part of its turning. */
const afterWheelMs = 400

/** Does it for a while with real input; the answer is how many places per second were seen. */
export async function perform(page: Page, gesture: Gesture, ms: number): Promise<number> {
  await atRest(page)
  if (gesture === 'zoom') return zoom(page, ms)
  const from = await (gesture === 'pan' ? freePoint(page) : middleNode(page))
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  // Beyond what counts as a click with an unsteady hand.
  for (let step = 1; step <= 4; step++) await page.mouse.move(from.x + step * 3, from.y + step)
  const moved = gesture === 'pan' ? '.react-flow__viewport' : '.react-flow__node.dragging'
  await page.locator(moved).first().waitFor({ state: 'attached', timeout: 10_000 })
  await startCounting(page, moved)
  await sendFor(ms, (turn) => page.mouse.move(from.x + 120 * Math.sin(turn / 9), from.y + 40 - 40 * Math.cos(turn / 9)))
  const found = await stopCounting(page)
  await page.mouse.up()
  return found.perSecond
}

/** A view that still glides takes the node away from below the hand. */
const atRest = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const place = () => document.querySelector<HTMLElement>('.react-flow__viewport')?.style.transform
    let before = place()
    for (let frames = 0; frames < 10; frames += 1) {
      await new Promise(requestAnimationFrame)
      const now = place()
      if (now !== before) frames = 0
      before = now
    }
  })

async function zoom(page: Page, ms: number): Promise<number> {
  const { x, y } = await freePoint(page)
  await page.mouse.move(x, y)
  await page.keyboard.down('Control')
  await startCounting(page, '.react-flow__viewport')
  // In to twice the size and out again, and in the end back to where it was.
  const turns = (await sendFor(ms, (turn) => page.mouse.wheel(0, turn % 50 < 25 ? -20 : 20))) % 50
  const found = await stopCounting(page)
  for (let back = turns <= 25 ? turns : 50 - turns; back > 0; back--) await page.mouse.wheel(0, 20)
  await page.keyboard.up('Control')
  await pause(afterWheelMs)
  return found.perSecond
}

async function sendFor(ms: number, send: (turn: number) => Promise<void>): Promise<number> {
  const ends = performance.now() + ms
  let turn = 0
  const hand = async () => {
    while (performance.now() < ends) await send(turn++)
  }
  await Promise.all(Array.from({ length: inFlight }, hand))
  return turn
}

/** Ground where nothing lies, as near to the middle of the top as there is. */
const freePoint = (page: Page): Promise<Point> =>
  page.evaluate(() => {
    const { left, top, width, height } = document.querySelector('.react-flow')?.getBoundingClientRect() ?? new DOMRect()
    for (let y = top + height * 0.08; y < top + height * 0.9; y += 6) {
      for (let x = left + width * 0.5; x < left + width * 0.8; x += 6) {
        if (document.elementFromPoint(x, y)?.matches('.react-flow__pane')) return { x, y }
      }
    }
    throw new Error('There is no free ground.')
  })

/** The node that lies nearest to the middle. */
const middleNode = (page: Page): Promise<Point> =>
  page.evaluate(() => {
    const { left, top, width, height } = document.querySelector('.react-flow')?.getBoundingClientRect() ?? new DOMRect()
    const middles = [...document.querySelectorAll('.react-flow__node')].map((node) => {
      const rect = node.getBoundingClientRect()
      return { x: rect.left + rect.width / 2, y: rect.top + rect.height / 2 }
    })
    const away = ({ x, y }: { x: number; y: number }) => Math.hypot(x - left - width / 2, y - top - height / 2)
    const nearest = middles.reduce((best, each) => (away(each) < away(best) ? each : best))
    return nearest
  })

/** Pulls the slider of a run back and forth over its whole log. */
export async function scrub(page: Page, ms: number): Promise<Counted> {
  const slider = page.getByRole('slider', { name: 'Moment of the run' })
  const box = await slider.boundingBox()
  if (box === null) throw new Error('There is no slider.')
  const y = box.y + box.height / 2
  const along = (turn: number) => box.x + box.width * (0.5 + 0.48 * Math.cos(turn / 24))
  await page.mouse.move(along(0), y)
  await page.mouse.down()
  await startCounting(page, 'input.scrubber')
  await sendFor(ms, (turn) => page.mouse.move(along(turn), y))
  const found = await stopCounting(page)
  await page.mouse.up()
  return found
}

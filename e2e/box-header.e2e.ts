import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningBaton, startBaton } from '@/e2e/testing/baton'
import { openBrowser } from '@/e2e/testing/browser'
import { addWorkflow, linkIn, node, openBuilder, signIn } from '@/e2e/testing/builder'
import { word } from '@/e2e/testing/chance'
import { look } from '@/e2e/testing/visit'
import type { Graph, GraphNode } from '@/engine/graph/schema'

const widths = [200, 280, 330, 400, 520] as const
const names = [
  'Crew',
  'Research crew',
  'The writers of the brief',
  `Those who ${word()}, ${word()} and ${word()} all day`,
]

const each = { kind: 'map', config: { items: '[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]' } }
const teams = ['sequence', 'parallel'].map((mode) => ({ kind: 'team', config: { mode, goal: 'Tea.', maxRounds: 1 } }))

/** A box of each sort in each width, with a name of each length. */
const boxes = widths.flatMap((width, column) =>
  names.map((name, row): GraphNode[] => {
    const id = `b${column}_${row}`
    const position = { x: column * 560, y: row * 260 }
    const agent = { id: `${id}_a`, kind: 'agent', parent: id, config: { prompt: 'Go on.' }, position: { x: 16, y: 60 } }
    const box = { id, name, position, size: { width, height: 200 } }
    return [row === 3 ? { ...box, ...each } : { ...box, ...teams[row % 2] }, agent] as GraphNode[]
  }),
)
const graph = {
  baton: 1,
  name: 'Boxes',
  nodes: [
    ...boxes.flat(),
    ...names.map((name, row) => ({
      ...{ id: `l${row}`, kind: 'loop', name, position: { x: row * 560, y: names.length * 260 } },
      ...{ size: { width: 340, height: 200 }, config: { until: 'iteration >= 2', maxIterations: 3 } },
    })),
    ...names.map((_, row) => ({
      ...{ id: `l${row}_t`, kind: 'transform', parent: `l${row}`, config: { template: 'tea' } },
      position: { x: 16, y: 60 },
    })),
  ],
  edges: [],
} as Graph

let baton: RunningBaton
let browser: Browser
let page: Page

beforeAll(async () => {
  baton = await startBaton()
  browser = await openBrowser()
  page = await signIn(browser, baton, linkIn(baton.output()))
  page.setDefaultTimeout(15_000)
  await page.setViewportSize({ width: 2000, height: 1300 })
})
afterAll(async () => {
  await browser?.close()
  await baton?.stop()
})

/** Of every header: is its name cut, and what is seen beside it, whole or cut through. */
const headers = () =>
  page.evaluate(() =>
    [...document.querySelectorAll('.box-facts')].map((facts) => {
      const [name, ...more] = [...facts.children]
      const { top, bottom, right } = facts.getBoundingClientRect()
      const rects = more.map((fact) => fact.getBoundingClientRect())
      const seen = rects.filter((rect) => rect.top < bottom - 1)
      return {
        name: name?.textContent ?? '',
        isCut: (name?.scrollWidth ?? 0) > (name?.clientWidth ?? 0),
        beside: seen.length,
        hidden: rects.length - seen.length,
        isWhole: seen.every((rect) => rect.top >= top - 1 && rect.bottom <= bottom + 1 && rect.right <= right + 1),
      }
    }),
  )

/** The counts that stand in the headers of maps and loops, whole and inside of their box. */
const countsSeen = () =>
  page.evaluate(() =>
    [...document.querySelectorAll('.node-box > header')].flatMap((header) => {
      const box = header.getBoundingClientRect()
      return [...header.querySelectorAll('.node-chip')].flatMap((chip) => {
        const { right, height } = chip.getBoundingClientRect()
        const isWhole = height > 0 && right <= box.right && chip.scrollWidth <= chip.clientWidth
        return isWhole && /\d/.test(chip.textContent) ? [chip.textContent] : []
      })
    }),
  )

async function check(): Promise<void> {
  const all = await headers()
  expect(all).toHaveLength(widths.length * names.length + names.length)
  expect(all.filter(({ isCut, beside }) => isCut && beside > 0)).toEqual([])
  expect(all.filter(({ isWhole }) => !isWhole)).toEqual([])
  // Both happens here, or this would look at nothing.
  expect(all.filter(({ beside }) => beside > 0).length).toBeGreaterThan(5)
  expect(all.filter(({ hidden }) => hidden > 0).length).toBeGreaterThan(2)
}

it('gives the room in the header of a box to its name first, while building and in a run', async () => {
  const id = await addWorkflow(page, baton, graph)
  await openBuilder(page, baton, id)
  await node(page, 'b0_0').waitFor()
  await check()
  await look(page, 'box-headers')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(page, 'box-headers-dark')
  const started = await page.request.post(`${baton.origin}/api/v1/workflows/${id}/runs`, {
    data: { version: 'draft', input: {}, wait: 30 },
    headers: { origin: baton.origin },
  })
  const run = (await started.json()) as { id: string; status: string }
  expect(run).toMatchObject({ status: 'completed' })
  await page.goto(`${baton.origin}/workflows/${id}/edit?run=${run.id}`)
  await expect.poll(() => page.locator('.node-box.run-completed').count()).toBe(graph.nodes.length / 2)
  await page.getByRole('button', { name: 'Show everything' }).click()
  await check()
  // Every map says how many of its twelve are over, and the loops which turn of at most three they are at, in any width.
  expect(await countsSeen()).toEqual([
    ...Array.from({ length: widths.length }, () => '12/12'),
    ...names.map(() => '3 · max 3'),
  ])
  await look(page, 'box-headers-run-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await look(page, 'box-headers-run')
})

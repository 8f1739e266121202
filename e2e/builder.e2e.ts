import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type RunningBaton, startBaton } from '@/e2e/testing/baton'
import { openBrowser } from '@/e2e/testing/browser'
import {
  addWorkflow,
  drag,
  empty,
  isSaved,
  linkIn,
  middleOf,
  node,
  openBuilder,
  savedGraph,
  signIn,
  still,
} from '@/e2e/testing/builder'
import type { Graph } from '@/engine/graph/schema'

let baton: RunningBaton
let browser: Browser
let first: Page
let page: Page

beforeAll(async () => {
  baton = await startBaton()
  browser = await openBrowser()
  first = await signIn(browser, baton, linkIn(baton.output()))
})
afterAll(async () => {
  await browser?.close()
  await baton?.stop()
})
beforeEach(async () => {
  page = await first.context().newPage()
})
afterEach(async () => {
  // A page with unsaved work asks before it goes; nobody is there to answer.
  await page.close({ runBeforeUnload: false })
})

const patient = { timeout: 15_000 }
const edges = (graph: Graph) => graph.edges.map(({ source, target }) => `${source}>${target}`).sort()
const chain = ['agent>agent_2', 'agent_2>agent_3', 'agent_3>agent_4', 'agent_4>done', 'start>agent']

it('builds a workflow of four agents by mouse alone, and runs it', async () => {
  const id = await addWorkflow(page, baton, empty)
  await openBuilder(page, baton, id)
  await page.getByRole('button', { name: /Start blank/ }).click()
  await node(page, 'done').waitFor()
  await still(page)

  // Dropped on the edge between the two: it goes in between.
  const start = await middleOf(node(page, 'start'))
  const done = await middleOf(node(page, 'done'))
  const between = { x: (start.x + done.x) / 2, y: (start.y + done.y) / 2 }
  await drag(page, await middleOf(page.locator('[data-kind=agent]')), between)
  await node(page, 'agent').waitFor()
  await still(page)

  // A connection that is let go over nothing asks what comes next.
  const port = node(page, 'agent').locator('.react-flow__handle.source')
  const from = await middleOf(port)
  await drag(page, from, { x: from.x + 60, y: from.y + 220 })
  await page.getByRole('option', { name: /^Agent/ }).click()
  await node(page, 'agent_2').waitFor()

  // A click adds behind what is selected.
  await page.locator('[data-kind=agent]').click()
  await node(page, 'agent_3').waitFor()

  // Dropped on free ground, then wired by hand.
  await page.getByRole('button', { name: 'Show everything' }).click()
  await still(page)
  const ground = await page.locator('.react-flow__pane').boundingBox()
  if (ground === null) throw new Error('There is no canvas.')
  await drag(page, await middleOf(page.locator('[data-kind=agent]')), { x: ground.x + 200, y: ground.y + 80 })
  await node(page, 'agent_4').waitFor()
  await page.getByRole('button', { name: 'Show everything' }).click()
  await still(page)
  await drag(
    page,
    await middleOf(node(page, 'agent_3').locator('.react-flow__handle.source')),
    await middleOf(node(page, 'agent_4').locator('.react-flow__handle.target')),
  )
  // The first edge to the end is not needed any more.
  const left = await middleOf(node(page, 'agent').locator('.react-flow__handle.source'))
  const right = await middleOf(node(page, 'done').locator('.react-flow__handle.target'))
  await page.mouse.click((left.x + right.x * 3) / 4, (left.y + right.y) / 2)
  await page.keyboard.press('Delete')
  // The whole node is a target, not only its dot.
  await drag(
    page,
    await middleOf(node(page, 'agent_4').locator('.react-flow__handle.source')),
    await middleOf(node(page, 'done')),
  )
  await expect.poll(async () => edges(await savedGraph(page, baton, id)), patient).toEqual(chain)
  await isSaved(page)

  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByLabel(/Topic/).fill('tea')
  await page.getByRole('button', { name: 'Run the draft' }).click()
  const dock = page.getByRole('region', { name: 'Run', exact: true })
  await dock.getByText('Completed').waitFor({ timeout: 30_000 })
  // Each card shows its own end, right where it was built.
  await expect.poll(() => page.locator('.react-flow__node .run-completed').count(), patient).toBe(6)
})

it('builds a workflow of four agents by keyboard alone, and takes it back and forth', async () => {
  const id = await addWorkflow(page, baton, empty)
  await openBuilder(page, baton, id)
  const add = async (words: string, made: string) => {
    await page.keyboard.press('/')
    await page.getByRole('combobox', { name: 'Add a node' }).waitFor()
    await page.keyboard.type(words)
    await page.keyboard.press('Enter')
    await node(page, made).waitFor()
    await expect.poll(() => node(page, made).evaluate((element) => element === document.activeElement)).toBe(true)
  }
  await add('input', 'start')
  await add('agent', 'agent')
  await add('agent', 'agent_2')
  await add('agent', 'agent_3')
  await add('agent', 'agent_4')
  await add('output', 'done')
  await expect.poll(async () => edges(await savedGraph(page, baton, id)), patient).toEqual(chain)

  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await node(page, 'agent_4').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+Shift+z')
  await node(page, 'agent_4').waitFor()
  await page.keyboard.press('Control+Shift+z')
  await node(page, 'done').waitFor()

  // By the list: from the first agent straight to the last, and away again.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('agent agent')
  await page.keyboard.press('Escape')
  await node(page, 'agent').focus()
  await page.keyboard.press('c')
  await page.keyboard.type('agent_4')
  await page.keyboard.press('Enter')
  await isSaved(page)
  await expect
    .poll(async () => edges(await savedGraph(page, baton, id)))
    .toEqual(['agent>agent_2', 'agent>agent_4', ...chain.slice(1)])
  await page.keyboard.press('Control+z')
  await isSaved(page)
  await expect.poll(async () => edges(await savedGraph(page, baton, id)), patient).toEqual(chain)

  await page.reload()
  await node(page, 'agent_4').waitFor()
  expect(await page.locator('.react-flow__node').count()).toBe(6)
  expect(await page.locator('.react-flow__edge').count()).toBe(5)
})

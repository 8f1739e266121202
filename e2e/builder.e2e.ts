import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { openApi } from '@/e2e/testing/api'
import { type RunningBaton, startBaton } from '@/e2e/testing/baton'
import { openBrowser } from '@/e2e/testing/browser'
import { drag, isSaved, linkIn, middleOf, node, savedGraph, signIn, still } from '@/e2e/testing/builder'
import { word } from '@/e2e/testing/chance'
import { connectModel, type Endpoint } from '@/e2e/testing/models'
import { streamedWords } from '@/e2e/testing/visit'
import type { Graph } from '@/engine/graph/schema'
import type { Script } from '@/server/models/testing/model-server'

const said = 'This is what I was told:'

/** Each agent says on what came to it, and adds the word that its instructions gave it. */
const tellOn: Script = ({ body }) => {
  const messages = (body.messages as { role: string; content: string }[]).toReversed()
  const marks = messages.flatMap(({ content }) => content.match(/mark[0-9a-f]{12}/g) ?? [])
  return { kind: 'text', text: `${said} ${marks.join(' ')}`, firstTokenMs: 50, perTokenMs: 70 }
}

let baton: RunningBaton
let browser: Browser
let endpoint: Endpoint
let first: Page
let page: Page

beforeAll(async () => {
  baton = await startBaton()
  // The only connection: that is what the agents' `default` means from here on.
  endpoint = await connectModel(await openApi(baton), {}, { script: tellOn })
  browser = await openBrowser()
  first = await signIn(browser, baton, linkIn(baton.output()))
})
afterAll(async () => {
  await browser?.close()
  await endpoint?.close()
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
const agents = ['agent', 'agent_2', 'agent_3', 'agent_4']
const chain = ['agent>agent_2', 'agent_2>agent_3', 'agent_3>agent_4', 'agent_4>done', 'start>agent']
const idOf = (url: string) => /\/workflows\/([^/?]+)/.exec(url)?.[1] ?? ''
const saved = () => savedGraph(page, baton, idOf(page.url()))
const mark = () => word('mark')

/** Words come while it runs, every card shows its end, and the output is what the four said one after the other. */
async function watchAndRead(page: Page, marks: string[]): Promise<void> {
  expect(await streamedWords(page)).toBe(true)
  const dock = page.getByRole('region', { name: 'Run', exact: true })
  await dock.getByText('Completed').waitFor({ timeout: 30_000 })
  expect(await page.locator('.react-flow__node .run-completed').count()).toBe(6)
  const wanted = `${said} ${marks.join(' ')}`
  await node(page, 'done').getByText(wanted).waitFor()
  const href = await dock.getByRole('link', { name: 'Open the page of this run' }).getAttribute('href')
  const answer = await page.request.get(`${baton.origin}/api/v1${href}`)
  expect(await answer.json()).toMatchObject({ status: 'completed', simulated: false, output: { text: wanted } })
}

it('builds a workflow of four agents by mouse alone, and runs it', async () => {
  await page.goto(baton.origin)
  await page.getByRole('button', { name: 'New workflow' }).click()
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
  const from = await middleOf(node(page, 'agent').locator('.react-flow__handle.source'))
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
  await page.mouse.click((left.x + right.x * 3) / 4, (left.y + right.y) / 2, { button: 'right' })
  await page.getByRole('menu', { name: 'This edge' }).getByRole('menuitem', { name: 'Delete' }).click()
  // The whole node is a target, not only its dot.
  await drag(
    page,
    await middleOf(node(page, 'agent_4').locator('.react-flow__handle.source')),
    await middleOf(node(page, 'done')),
  )
  await expect.poll(async () => edges(await saved()), patient).toEqual(chain)

  // Words can't be written with a mouse, but everything around them can be done with it.
  const marks = [mark(), mark(), mark(), mark(), mark()]
  for (const [index, id] of agents.entries()) {
    await node(page, id).click()
    await page.getByLabel('Instructions', { exact: true }).click()
    await page.keyboard.type(`Your word is ${marks[index + 1]}.`)
  }
  await isSaved(page)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByLabel(/Topic/).click()
  await page.keyboard.type(marks[0] ?? '')
  await page.getByRole('button', { name: 'Run the draft' }).click()
  await watchAndRead(page, marks)
})

/** Presses Tab until what is called that has the focus. */
async function tabTo(page: Page, wanted: RegExp, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    const name = await page.evaluate(() => {
      const element = document.activeElement
      const labels =
        element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels : null
      return element?.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element?.textContent ?? ''
    })
    if (wanted.test(name.trim())) return
    await page.keyboard.press(key)
  }
  throw new Error(`Tab never came to ${wanted}.`)
}

it('builds a workflow of four agents by keyboard alone, takes it back and forth, and runs it', async () => {
  await page.goto(baton.origin)
  await page.getByRole('button', { name: 'New workflow' }).waitFor()
  await tabTo(page, /^New workflow$/)
  await page.keyboard.press('Enter')
  await page.locator('.react-flow__pane').waitFor()
  const marks = [mark(), mark(), mark(), mark(), mark()]
  const holdsFocus = (id: string) =>
    expect.poll(() => node(page, id).evaluate((element) => element === document.activeElement), patient).toBe(true)
  const add = async (words: string, made: string) => {
    await page.keyboard.press('/')
    await page.getByRole('combobox', { name: 'Add a node' }).waitFor()
    await page.keyboard.type(words)
    await page.keyboard.press('Enter')
    await holdsFocus(made)
  }
  await add('input', 'start')
  for (const [index, id] of agents.entries()) {
    await add('agent', id)
    await page.keyboard.press('Enter')
    await tabTo(page, /^Instructions$/)
    await page.keyboard.type(`Your word is ${marks[index + 1]}.`)
    await page.keyboard.press('Escape')
    await holdsFocus(id)
  }
  await add('output', 'done')
  await expect.poll(async () => edges(await saved()), patient).toEqual(chain)

  await page.keyboard.press('Control+z')
  await node(page, 'done').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+Shift+z')
  await node(page, 'done').waitFor()

  // By the list: from the first agent straight to the last, and away again.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('agent agent')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+f')
  await page.keyboard.type('agent')
  await page.keyboard.press('Escape')
  await holdsFocus('agent')
  await page.keyboard.press('c')
  await page.keyboard.type('agent_4')
  await page.keyboard.press('Enter')
  await expect
    .poll(async () => edges(await saved()), patient)
    .toEqual(['agent>agent_2', 'agent>agent_4', ...chain.slice(1)])
  await page.keyboard.press('Control+z')
  await expect.poll(async () => edges(await saved()), patient).toEqual(chain)
  await isSaved(page)

  await page.keyboard.press('Control+Enter')
  await page.getByRole('dialog').waitFor()
  // The first field has the focus already.
  await page.keyboard.type(marks[0] ?? '')
  await page.keyboard.press('Control+Enter')
  await watchAndRead(page, marks)

  await page.reload()
  await node(page, 'agent_4').waitFor()
  expect(await page.locator('.react-flow__node').count()).toBe(6)
  expect(await page.locator('.react-flow__edge').count()).toBe(5)
})

import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Api, openApi, type Run } from '@/e2e/testing/api'
import { type RunningBaton, startBaton } from '@/e2e/testing/baton'
import { openBrowser } from '@/e2e/testing/browser'
import { isSaved, node, signIn } from '@/e2e/testing/builder'
import { word } from '@/e2e/testing/chance'
import { connectModel, type Endpoint, modelOf } from '@/e2e/testing/models'
import { look, printedLink } from '@/e2e/testing/visit'
import type { Graph } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'

const at = (x: number) => ({ x, y: 0 })
const graphOf = (model: string): Graph => ({
  baton: 1,
  name: 'Tea',
  nodes: [
    { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] }, position: at(0) },
    {
      id: 'find',
      kind: 'agent',
      name: 'Finder',
      config: { model, prompt: 'Find {{ start.topic }}' },
      position: at(300),
    },
    {
      id: 'write',
      kind: 'agent',
      name: 'Writer',
      config: { model, prompt: 'Write of {{ find.text }} and {{ start.topic }}' },
      position: at(600),
    },
    { id: 'done', kind: 'output', config: { value: '{{ write.text }}' }, position: at(900) },
  ],
  edges: [
    { source: 'start', target: 'find' },
    { source: 'find', target: 'write' },
    { source: 'write', target: 'done' },
  ],
})

let baton: RunningBaton
let browser: Browser
let first: Page
let page: Page
let api: Api
let model: Endpoint
let id: string
let faults: string[]

beforeAll(async () => {
  baton = await startBaton()
  browser = await openBrowser()
  first = await signIn(browser, baton, printedLink(baton))
  api = await openApi(baton)
})
afterAll(async () => {
  await browser?.close()
  await baton?.stop()
})
beforeEach(async () => {
  model = await connectModel(api)
  page = await first.context().newPage()
  page.setDefaultTimeout(15_000)
  faults = []
  page.on('pageerror', (error) => faults.push(error.message))
  const made = await api.post<{ id: string }>('/workflows', { graph: graphOf(modelOf(model)) })
  id = made.body.id
})
afterEach(async () => {
  await page.close({ runBeforeUnload: false })
  await model.close()
  expect(faults).toEqual([])
})

async function openData(of: string): Promise<void> {
  await page.goto(`${baton.origin}/workflows/${id}/edit?node=${of}`)
  await page.getByRole('tab', { name: 'Data' }).click()
}

const alone = () => page.getByRole('region', { name: 'The run of this node alone' })
const runAlone = () => page.getByRole('button', { name: 'Run alone' }).click()
const pins = async () => (await api.get<{ pins: { [node: string]: Json } }>(`/workflows/${id}`)).pins

/** The words of the person in every request that the model got. */
const asked = (): string[] =>
  model.requests.flatMap(({ path, body }) =>
    path.endsWith('/chat/completions') ? [(body.messages as { content: string }[]).at(-1)?.content ?? ''] : [],
  )

async function runDraft(topic: string): Promise<Run> {
  const { body } = await api.post<Run>(`/workflows/${id}/runs`, { input: { topic }, version: 'draft', wait: 30 })
  expect(body.status).toBe('completed')
  return body
}

it('runs one agent alone with the values one types: one call with that prompt, live words, and what it took', async () => {
  const [found, topic] = [word('found'), word('topic')]
  const words = Array.from({ length: 40 }, () => word())
  model.script(() => ({ kind: 'text', text: words.join(' '), firstTokenMs: 50, perTokenMs: 60 }))
  await openData('write')
  await runAlone()
  await page.getByText('Nothing is known of find yet').waitFor()
  expect(asked()).toEqual([])
  await page.getByLabel('find', { exact: true }).fill(JSON.stringify({ text: found }))
  await page.getByLabel('start', { exact: true }).fill(JSON.stringify({ topic }))
  await runAlone()
  await alone()
    .getByText(words[3] ?? '', { exact: false })
    .waitFor()
  expect(await alone().getByText('Running').count()).toBe(1)
  await look(page, 'alone-live')
  await alone().getByText('Done').waitFor()
  await alone()
    .getByText(words.at(-1) ?? '', { exact: false })
    .waitFor()
  await alone().getByText('tokens', { exact: false }).waitFor()
  await look(page, 'alone-done')
  expect(asked()).toEqual([`Write of ${found} and ${topic}`])
  const { items } = await api.get<{ items: unknown[] }>(`/runs?workflowId=${id}`)
  expect(items).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 390, height: 844 })
  await alone().scrollIntoViewIfNeeded()
  await look(page, 'alone-phone')
})

it('takes what the last run gave, says why a node failed, and keeps both when another node is looked at', async () => {
  const [topic, found] = [word('topic'), word('found')]
  model.script(() => ({ kind: 'text', text: found }))
  await runDraft(topic)
  model.script(() => ({ kind: 'error', status: 400, message: 'too spicy' }))
  await openData('write')
  await expect.poll(() => page.getByLabel('find', { exact: true }).inputValue()).toContain(found)
  await expect.poll(() => page.getByLabel('start', { exact: true }).inputValue()).toContain(topic)
  await runAlone()
  await alone().getByRole('alert').waitFor()
  await alone().getByText('Failed').waitFor()
  await look(page, 'alone-failed')
  await node(page, 'find').click()
  await page.getByRole('heading', { name: 'Finder' }).or(page.getByRole('tabpanel')).first().waitFor()
  await alone().waitFor({ state: 'detached' })
  await node(page, 'write').click()
  await alone().getByText('Failed').waitFor()
})

it('leads from the menu of a node and from the commands to where it is run alone, where that can be', async () => {
  model.script(() => ({ kind: 'text', text: word('written') }))
  const [found, topic] = [word('found'), word('topic')]
  const offered = (name: RegExp) => page.getByRole('menu').getByRole('menuitem', { name })
  await page.goto(`${baton.origin}/workflows/${id}/edit`)
  for (const end of ['start', 'done']) {
    await node(page, end).click({ button: 'right' })
    await offered(/^Run the workflow/).waitFor()
    expect(await offered(/^Run alone/).count()).toBe(0)
    await page.keyboard.press('Escape')
  }
  await node(page, 'write').click({ button: 'right' })
  await look(page, 'alone-menu')
  await offered(/^Run alone/).click()
  const given = (name: string) => page.getByLabel(name, { exact: true })
  await expect.poll(() => given('find').evaluate((field) => field === document.activeElement)).toBe(true)
  // Only the inspector has moved.
  expect(await page.evaluate(() => document.scrollingElement?.scrollTop)).toBe(0)
  await page.keyboard.insertText(JSON.stringify({ text: found }))
  await given('start').fill(JSON.stringify({ topic }))
  expect(asked()).toEqual([])
  await runAlone()
  await alone().getByText('Done').waitFor()
  expect(asked()).toEqual([`Write of ${found} and ${topic}`])

  const command = page.getByRole('option', { name: /alone/ })
  const find = async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.insertText('node alone')
  }
  await page.getByRole('tab', { name: 'Setup' }).click()
  await node(page, 'done').click()
  await find()
  await page.getByText('Nothing is called that.').waitFor()
  expect(await command.count()).toBe(0)
  await page.keyboard.press('Escape')
  await node(page, 'find').click()
  await find()
  await command.waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => given('start').evaluate((field) => field === document.activeElement)).toBe(true)
})

it('pins an output: runs of the draft do without the node, say so, and undo and unpin bring it back', async () => {
  const [topic, found, pinned] = [word('topic'), word('found'), word('pinned')]
  model.script((request) => ({
    kind: 'text',
    text: JSON.stringify(request.body).includes('Write of') ? word('written') : found,
  }))
  await runDraft(topic)
  await openData('find')
  await page.getByRole('button', { name: 'Pin output' }).click()
  await node(page, 'find').getByLabel('Output pinned').waitFor()
  await isSaved(page)
  expect(await pins()).toMatchObject({ find: { text: found } })
  await look(page, 'pinned')
  await page.getByLabel('Pinned output', { exact: true }).fill(JSON.stringify({ text: pinned }))
  await expect.poll(pins).toEqual({ find: { text: pinned } })

  model.requests.length = 0
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByText('1 output is pinned').waitFor()
  await page.getByLabel(/topic/i).fill(topic)
  await look(page, 'pinned-run-dialog')
  await page.getByRole('button', { name: 'Run the draft' }).click()
  await node(page, 'done').getByLabel('Done').waitFor()
  await node(page, 'find').getByLabel('Pinned output taken').waitFor()
  await look(page, 'pinned-run')
  expect(asked()).toEqual([`Write of ${pinned} and ${topic}`])
  await page
    .getByRole('button', { name: 'Close', exact: true })
    .or(page.getByRole('button', { name: /Close.*run/i }))
    .first()
    .click()

  await page.getByRole('button', { name: /^Undo/ }).click()
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect.poll(pins).toEqual({})
  await page.getByRole('button', { name: /^Redo/ }).click()
  await expect.poll(pins).toMatchObject({ find: { text: found } })
  await page.getByRole('button', { name: 'Unpin' }).click()
  await node(page, 'find').getByLabel('Output pinned').waitFor({ state: 'detached' })
  await expect.poll(pins).toEqual({})
  model.requests.length = 0
  await runDraft(topic)
  expect(asked()).toHaveLength(2)
})

it('says at the node and in the list when a pinned output no longer fits, and does not run', async () => {
  await openData('find')
  model.script(() => ({ kind: 'text', text: word() }))
  await page.getByLabel('start', { exact: true }).fill('{"topic": "tea"}')
  await runAlone()
  await page.getByRole('button', { name: 'Pin this output' }).click()
  await page.getByLabel('Pinned output', { exact: true }).fill('[1]')
  await page.getByText('no longer fits', { exact: false }).first().waitFor()
  await node(page, 'find').getByTitle('1 problem').waitFor()
  await isSaved(page)
  await look(page, 'pinned-misfit')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByText('There is 1 problem to mend before it can run.').waitFor()
  const refused = await api.post(`/workflows/${id}/runs`, { version: 'draft', input: { topic: 'tea' } })
  expect(refused).toMatchObject({ status: 422, body: { problems: [{ code: 'pin_misfit', nodeId: 'find' }] } })
})

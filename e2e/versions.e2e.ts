import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openApi, type Run } from '@/e2e/testing/api'
import { type RunningBaton, startBaton } from '@/e2e/testing/baton'
import { openBrowser } from '@/e2e/testing/browser'
import { addWorkflow, isSaved, node, openBuilder, savedGraph } from '@/e2e/testing/builder'
import { word } from '@/e2e/testing/chance'
import { desk, look, openPage, phone, printedLink, signIn, type Visit } from '@/e2e/testing/visit'
import type { Graph } from '@/engine/graph/schema'

const old = word('old')
const fresh = word('fresh')
const note = word('note ')
const topic = word('topic')
const templateOf = (text: string) => `${text} about {{ start.topic }}`
const graph: Graph = {
  baton: 1,
  name: word('Versioned '),
  nodes: [
    {
      id: 'start',
      kind: 'input',
      config: { fields: [{ name: 'topic', type: 'text', required: true }] },
      position: { x: 0, y: 0 },
    },
    { id: 'make', kind: 'transform', name: 'Maker', config: { template: templateOf(old) }, position: { x: 300, y: 0 } },
    { id: 'extra', kind: 'transform', name: 'Extra', config: { template: 'aside' }, position: { x: 300, y: 160 } },
    { id: 'done', kind: 'output', config: { value: '{{ make }}' }, position: { x: 600, y: 0 } },
  ],
  edges: [
    { source: 'start', target: 'make' },
    { source: 'start', target: 'extra' },
    { source: 'make', target: 'done' },
  ],
}

let baton: RunningBaton
let browser: Browser
let visit: Visit
let page: Page
let id: string

beforeAll(async () => {
  baton = await startBaton()
  browser = await openBrowser()
  visit = await openPage(browser, desk)
  page = visit.page
  await signIn(page, printedLink(baton))
  id = await addWorkflow(page, baton, graph)
  await openBuilder(page, baton, id)
})
afterAll(async () => {
  await browser?.close()
  await baton?.stop()
})

const tab = (name: string) =>
  page.getByRole('navigation', { name: 'Parts of this workflow' }).getByRole('button', { name }).click()
const history = () => page.getByRole('navigation', { name: 'History' })
const version = (number: number) => history().getByRole('button', { name: new RegExp(`^Version ${number}\\b`) })
const field = () => page.getByLabel('Template', { exact: true })

async function publish(button: string, words: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click()
  await page.getByLabel('What changed?').fill(words)
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

/** What the run that the dock shows gave back. */
async function outputOfRun(): Promise<unknown> {
  const dock = page.getByRole('region', { name: 'Run', exact: true })
  await dock.getByText('Completed').waitFor()
  const href = await dock.getByRole('link', { name: 'Open the page of this run' }).getAttribute('href')
  const answer = await page.request.get(`${baton.origin}/api/v1${href}`)
  return ((await answer.json()) as { output: unknown }).output
}

it('publishes the draft with a note, and says who did it', async () => {
  await publish('Publish', 'First')
  await node(page, 'make').click()
  await field().fill(templateOf(fresh))
  await node(page, 'extra').click()
  await page.keyboard.press('Delete')
  await node(page, 'extra').waitFor({ state: 'detached' })
  await isSaved(page)
  await tab('Versions')
  await version(1).waitFor()
  await history().getByRole('button', { name: 'Draft Changed since version 1' }).waitFor()
  await publish('Publish the draft', note)
  await version(2).getByText(note).waitFor()
  await history().getByRole('button', { name: 'Draft The same as version 2' }).waitFor()
  const { name } = (await (await page.request.get(`${baton.origin}/api/v1/me`)).json()) as { name: string }
  expect(await version(2).textContent()).toContain(name)
  await expect.poll(() => version(2).getByText('in use').count()).toBe(1)
  expect(await version(1).getByText('in use').count()).toBe(0)
})

it('shows the graph of a version as it was, with how its nodes were set up', async () => {
  await version(1).click()
  const shown = page.getByRole('complementary', { name: 'Set-up of the node' })
  await node(page, 'extra').waitFor()
  await node(page, 'make').click()
  await shown.getByText(templateOf(old)).waitFor()
  expect(await node(page, 'make').locator('.is-changed').count()).toBe(0)
  await look(page, 'versions-one')
})

it('draws how versions differ, with the changed fields, at an address of its own', async () => {
  await page.getByLabel('Compare with').selectOption('2')
  const changes = page.getByRole('complementary', { name: 'From version 1 to version 2' })
  await changes.getByText(fresh).waitFor()
  expect(await changes.locator('del', { hasText: old }).count()).toBe(1)
  expect(await changes.locator('ins', { hasText: fresh }).count()).toBe(1)
  await node(page, 'make').locator('.is-changed').waitFor()
  await node(page, 'extra').locator('.is-removed').waitFor()
  expect(await page.locator('.version-picture .is-added').count()).toBe(0)
  expect(await page.locator('.version-picture .wire.is-removed').count()).toBe(1)
  await changes.getByRole('button', { name: /^Maker/ }).click()
  await node(page, 'make').locator('.is-chosen').waitFor()
  await look(page, 'versions-diff')
  await page.reload()
  await changes.getByText(fresh).waitFor()
  // Version 2 is what the draft is.
  await version(2).click()
  await page.getByLabel('Compare with').selectOption('draft')
  await page.getByText('Nothing differs.').waitFor()
})

it('restores a version into the draft, which undo takes back', async () => {
  await version(1).click()
  await page.getByRole('button', { name: 'Restore', exact: true }).click()
  await node(page, 'extra').waitFor()
  await isSaved(page)
  const wanted = { ...graph, nodes: expect.any(Array) }
  await expect.poll(() => savedGraph(page, baton, id)).toMatchObject(wanted)
  await expect
    .poll(async () => (await savedGraph(page, baton, id)).nodes.map((each) => [each.id, each.config]))
    .toEqual(graph.nodes.map((each) => [each.id, each.config]))
  await page.getByRole('button', { name: 'Undo: Restore version 1' }).click()
  await node(page, 'extra').waitFor({ state: 'detached' })
  await expect
    .poll(async () => (await savedGraph(page, baton, id)).nodes.find((each) => each.id === 'make')?.config)
    .toEqual({ template: templateOf(fresh) })
})

it('runs any version, and shows the run on the canvas of the builder', async () => {
  await tab('Versions')
  await version(1).click()
  await page.getByRole('button', { name: 'Run version 1' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/Topic/).fill(topic)
  await look(page, 'versions-run')
  await dialog.getByRole('button', { name: 'Run version 1' }).click()
  await node(page, 'make').locator('.run-completed').waitFor()
  expect(await outputOfRun()).toBe(`${old} about ${topic}`)
  await look(page, 'builder-dock')

  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const what = dialog.getByLabel('What runs')
  expect(await what.inputValue()).toBe('draft')
  await what.selectOption('2')
  await dialog.getByLabel(/Topic/).fill(`${topic} again`)
  await what.selectOption('1')
  expect(await dialog.getByLabel(/Topic/).inputValue()).toBe(`${topic} again`)
  await what.selectOption('draft')
  await dialog.getByRole('button', { name: 'Run the draft' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('region', { name: 'Run', exact: true }).getByText('Draft', { exact: true }).waitFor()
  expect(await outputOfRun()).toBe(`${fresh} about ${topic} again`)
  await page.getByRole('button', { name: 'Close the run' }).click()
  await node(page, 'make').locator('.run-card').waitFor({ state: 'detached' })
  expect(visit.faults).toEqual([])
})

it('runs the newest version while the draft has problems, and says what they are', async () => {
  await node(page, 'make').click()
  await field().fill('{{ start.topik }}')
  await isSaved(page)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('The draft has 1 problem to mend').waitFor()
  expect(await dialog.getByLabel('What runs').inputValue()).toBe('2')
  await look(page, 'versions-run-problems')
  await dialog.getByRole('button', { name: 'Run version 2' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('region', { name: 'Run', exact: true }).getByText('Version 2', { exact: true }).waitFor()
  expect(await outputOfRun()).toBe(`${fresh} about ${topic} again`)
  await page.getByRole('button', { name: 'Close the run' }).click()

  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await dialog.getByRole('button', { name: 'Show it' }).click()
  await page.getByRole('region', { name: 'Problems' }).getByText('topik').first().waitFor()
  await page.getByRole('button', { name: 'Close the problems' }).click()
  await field().fill(templateOf(fresh))
  await isSaved(page)
})

it('is all there on a phone, and in the dark', async () => {
  for (const [name, screen] of [
    ['phone', phone],
    ['dark', { ...desk, colorScheme: 'dark' as const }],
  ] as const) {
    const other = await openPage(browser, screen)
    await other.context.addCookies(await visit.context.cookies())
    await other.page.goto(`${baton.origin}/workflows/${id}?tab=versions`)
    await other.page.getByText(note).waitFor()
    await look(other.page, `versions-list-${name}`)
    await other.page.getByRole('button', { name: /^Version 1\b/ }).click()
    await other.page.getByLabel('Compare with').selectOption('draft')
    await other.page.locator('ins', { hasText: fresh }).waitFor()
    await look(other.page, `versions-diff-${name}`)
    expect(other.faults).toEqual([])
    await other.close()
  }
})

it('shows nothing of a run on what was no part of it, and says that another graph is drawn', async () => {
  const api = await openApi(baton)
  const other = (await api.post<{ id: string }>('/workflows', { graph })).body.id
  await api.post(`/workflows/${other}/publish`, {})
  const run = (await api.post<Run>(`/workflows/${other}/runs`, { version: 1, input: { topic }, wait: 30 })).body.id
  const wire = (from: string, to: string) => page.locator(`.react-flow__edge[data-id="${from} out ${to}"] .run-wire`)
  const notice = page.getByRole('note').filter({ hasText: 'This run is of' })
  const open = async () => {
    await page.goto(`${baton.origin}/workflows/${other}?run=${run}`)
    await node(page, 'make').locator('.run-completed').waitFor()
    await page.getByRole('region', { name: 'Run', exact: true }).getByText('Version 1', { exact: true }).waitFor()
  }
  await open()
  await wire('make', 'done').and(page.locator('.is-passed')).waitFor({ state: 'attached' })
  expect(await notice.count()).toBe(0)

  const nodes = graph.nodes.flatMap((each) => {
    if (each.id === 'extra') return [{ ...each, id: 'later', name: 'Later' }]
    return [each.id === 'done' ? { ...each, config: { value: '{{ start.topic }}' } } : each]
  })
  const edges = [
    ...graph.edges.filter(({ target }) => target !== 'extra'),
    { source: 'start', target: 'later' },
    { source: 'start', target: 'done' },
  ]
  await api.put(`/workflows/${other}`, { graph: { ...graph, nodes, edges }, revision: 1 })
  await open()
  await wire('make', 'done').and(page.locator('.is-passed')).waitFor({ state: 'attached' })
  for (const to of ['later', 'done'])
    expect(await wire('start', to).getAttribute('class')).toMatch(/is-idle.*is-foreign/)
  await node(page, 'later').getByText('Not in this run').waitFor()
  await notice.getByText('This run is of version 1, which is drawn differently.').waitFor()
  await look(page, 'versions-foreign-run')
  await notice.getByRole('link', { name: 'See it as it was' }).click()
  await page.waitForURL(`${baton.origin}/runs/${run}`)
  await node(page, 'extra').locator('.run-completed').waitFor()
  expect(visit.faults).toEqual([])
})

import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { projectRoot } from '@/server/project-root'
import { type Api, apiWith, makeKey } from './testing/api'
import { freshFolder, startWithOwnDatabase } from './testing/baton'
import { openBrowser } from './testing/browser'
import { addWorkflow, node, savedGraph } from './testing/builder'
import { type Cable, layCable } from './testing/cable'
import { word } from './testing/chance'
import { holdsWholeLog, showsAsStored } from './testing/shown'
import { desk, openPage, printedLink, signIn, streamedWords, type Visit } from './testing/visit'

const mark = word('Mark')
const graph = parse(readFileSync(path.join(projectRoot, 'e2e/testing/watched.yaml'), 'utf8'))
for (const each of graph.nodes) if (each.id === 'done') each.config.value = `${mark} {{ start.topic }}: {{ crew.text }}`
const drawn = {
  baton: 1 as const,
  name: 'Far away',
  nodes: ['a', 'b', 'c', 'd', 'e'].map((id, index) => ({
    id,
    kind: 'agent',
    name: id,
    config: { model: 'default' },
    position: { x: index * 300, y: 0 },
  })),
  edges: [],
}

let folder: string
let baton: Awaited<ReturnType<typeof startWithOwnDatabase>>
let browser: Browser
let visit: Visit
let api: Api
let workflowId: string

beforeAll(async () => {
  folder = freshFolder()
  baton = await startWithOwnDatabase(folder)
  browser = await openBrowser()
  visit = await openPage(browser, desk)
  await signIn(visit.page, printedLink(baton))
  api = apiWith(baton.origin, await makeKey({ BATON_DATA_DIR: folder }))
  workflowId = await addWorkflow(visit.page, baton, graph)
})
afterAll(async () => {
  await browser?.close()
  await baton?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const patient = { timeout: 45_000 }
const dock = (page: Page) => page.getByRole('region', { name: 'Run', exact: true })
const nameField = (page: Page) => page.getByLabel('Name of the workflow')
const away = 'Reconnecting…'

/** It waits at its first node until somebody lets it go. */
async function begin(): Promise<{ id: string; topic: string }> {
  const topic = word('topic')
  const body = { version: 'draft', input: { topic }, wait: 20 }
  const { status, body: run } = await api.post<{ id: string }>(`/workflows/${workflowId}/runs`, body)
  expect(status).toBe(200)
  return { id: run.id, topic }
}
const letGo = (id: string) => api.post(`/runs/${id}/approvals/ready`, { decision: 'approved' })

async function open(url: string): Promise<Page> {
  const page = await visit.context.newPage()
  await page.goto(url)
  return page
}

it('finds a server again that was killed in the middle of a run: both pages say so, catch up and end as stored', async () => {
  const { id, topic } = await begin()
  const watcher = await open(`${baton.origin}/runs/${id}`)
  const builder = await open(`${baton.origin}/workflows/${workflowId}?run=${id}`)
  await node(builder, 'ready').locator('.run-waiting').waitFor(patient)
  await letGo(id)
  await streamedWords(watcher)

  baton.kill()
  await baton.ended
  await watcher.getByText(away).waitFor(patient)
  await dock(builder).getByText(away).waitFor(patient)
  const renamed = word('Renamed')
  await nameField(builder).fill(renamed)
  await builder.locator('[data-saving=offline]').waitFor(patient)

  baton = await startWithOwnDatabase(folder, { PORT: baton.settings.PORT })
  for (const page of [watcher, builder]) {
    await node(page, 'gate').locator('.run-waiting').waitFor(patient)
    expect(await page.getByText(away).count()).toBe(0)
  }
  await expect.poll(async () => (await savedGraph(builder, baton, workflowId)).name, patient).toBe(renamed)
  await node(watcher, 'gate').getByRole('button', { name: 'Approve' }).click()
  await watcher.getByText('Completed').first().waitFor(patient)
  await dock(builder).getByText('Completed').first().waitFor(patient)

  const run = await api.untilStatus(id, 'completed')
  expect(run.output).toMatch(new RegExp(`^${mark} ${topic}: `))
  await watcher.getByText(`${mark} ${topic}`).first().waitFor()
  for (const page of [watcher, builder]) await showsAsStored(page, api, id)
  await holdsWholeLog(watcher, api, id)
  await watcher.close()
  await builder.close({ runBeforeUnload: false })
}, 120_000)

it('outlasts thirty seconds without a network: no edit is lost, and a run that went on is shown to its end', async () => {
  const cable: Cable = await layCable(Number(baton.settings.PORT))
  const drawnId = await addWorkflow(visit.page, baton, drawn)
  const { id, topic } = await begin()
  const watcher = await open(`${cable.origin}/runs/${id}`)
  const builder = await open(`${cable.origin}/workflows/${drawnId}`)
  await node(builder, 'a').waitFor(patient)
  await node(watcher, 'ready').locator('.run-waiting').waitFor(patient)
  await letGo(id)
  await streamedWords(watcher)

  const began = performance.now()
  cable.cut()
  await watcher.getByText(away).waitFor(patient)
  const names: Record<string, string> = {}
  for (const [turn, each] of ['a', 'b', 'c', 'd', 'e'].entries()) {
    // Spread over the whole time, so that each meets another attempt to save.
    await expect.poll(() => performance.now() - began, patient).toBeGreaterThan(turn * 5_000)
    names[each] = word(each)
    await node(builder, each).click()
    await builder.getByLabel('Name of the node').fill(names[each])
  }
  await builder.locator('[data-saving=offline]').waitFor(patient)
  await api.untilRun(id, ({ waitingFor }) => waitingFor.some((each) => each.path === 'gate'))
  await api.post(`/runs/${id}/approvals/gate`, { decision: 'approved' })
  await api.untilStatus(id, 'completed')
  expect(await watcher.getByText('Completed').count()).toBe(0)
  await expect.poll(() => performance.now() - began, patient).toBeGreaterThan(30_000)
  cable.mend()

  const saved = async () =>
    Object.fromEntries((await savedGraph(visit.page, baton, drawnId)).nodes.map((each) => [each.id, each.name]))
  await expect.poll(saved, patient).toEqual(names)
  await builder.locator('[data-saving=saved]').waitFor(patient)
  await watcher.getByText('Completed').first().waitFor(patient)
  expect(await watcher.getByText(away).count()).toBe(0)
  await watcher.getByText(`${mark} ${topic}`).first().waitFor()
  await showsAsStored(watcher, api, id)
  await holdsWholeLog(watcher, api, id)
  await watcher.close()
  await builder.close()
  await cable.close()
}, 150_000)

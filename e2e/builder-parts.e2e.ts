import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import type { RunningBaton } from '@/e2e/testing/baton'
import { addWorkflow, node, openBuilder } from '@/e2e/testing/builder'
import { startBuilders } from '@/e2e/testing/builders'
import { word } from '@/e2e/testing/chance'
import type { Graph } from '@/engine/graph/schema'

let baton: RunningBaton
let page: Page
const builders = startBuilders()
beforeAll(() => {
  baton = builders.baton
  page = builders.first
})

const graph = (name: string): Graph => ({
  baton: 1,
  name,
  nodes: [
    { id: 'write', kind: 'agent', name: word(), config: { prompt: `About ${word()}.` }, position: { x: 0, y: 0 } },
  ],
  edges: [],
})

it('says that its inspector could not be loaded, and brings it when the network is back', async () => {
  const id = await addWorkflow(page, baton, graph(word()))
  let isCut = true
  await page.route('**/_next/static/chunks/**', async (route) => {
    const isDrawn = (await page.locator('.react-flow__pane').count()) > 0
    await (isCut && isDrawn ? route.abort() : route.continue())
  })
  await openBuilder(page, baton, id)
  await node(page, 'write').click()
  await page.getByText('A part of this page could not be loaded', { exact: false }).waitFor()
  expect(await page.getByLabel('Prompt', { exact: true }).count()).toBe(0)
  isCut = false
  await page.context().setOffline(true)
  await page.context().setOffline(false)
  await page.getByLabel('Prompt', { exact: true }).waitFor()
  await page.unrouteAll({ behavior: 'ignoreErrors' })
})

it('does not wait for a dialog that can not be loaded: Escape gives the keyboard back', async () => {
  const id = await addWorkflow(page, baton, graph(word()))
  await page.route('**/_next/static/chunks/**', async (route) => {
    const isDrawn = (await page.locator('.react-flow__pane').count()) > 0
    await (isDrawn ? route.abort() : route.continue())
  })
  await openBuilder(page, baton, id)
  await page.keyboard.press('?')
  await page.getByText('A part of this page could not be loaded', { exact: false }).waitFor()
  expect(await page.locator('dialog[open]').count()).toBe(0)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+f')
  await page.getByLabel('Find on the canvas').waitFor()
  await page.unrouteAll({ behavior: 'ignoreErrors' })
})

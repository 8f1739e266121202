import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type RunningBaton, startBaton } from '@/e2e/testing/baton'
import { openBrowser } from '@/e2e/testing/browser'
import { addWorkflow, isSaved, node, openBuilder } from '@/e2e/testing/builder'
import { word } from '@/e2e/testing/chance'
import { desk, look, openPage, phone, printedLink, signIn, type Visit } from '@/e2e/testing/visit'
import { projectRoot } from '@/server/project-root'

const graph = parse(readFileSync(path.join(projectRoot, 'e2e/testing/watched.yaml'), 'utf8'))
const topic = word('topic')

let baton: RunningBaton
let browser: Browser
let visit: Visit
let page: Page
let id: string

beforeAll(async () => {
  baton = await startBaton()
  browser = await openBrowser()
  visit = await openPage(browser, { ...desk, colorScheme: 'dark' })
  page = visit.page
  await signIn(page, printedLink(baton))
  id = await addWorkflow(page, baton, graph)
  await openBuilder(page, baton, id)
})
afterAll(async () => {
  await browser?.close()
  await baton?.stop()
})

const dock = () => page.getByRole('region', { name: 'Run', exact: true })
const shownTab = () =>
  dock().getByRole('tablist', { name: 'The run' }).getByRole('tab', { selected: true }).textContent()

it('shows a run live on the canvas it was built on, and takes decisions there', async () => {
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByLabel(/Topic/).fill(topic)
  await page.getByRole('button', { name: 'Run the draft' }).click()
  await node(page, 'ready').getByRole('button', { name: 'Approve' }).click()
  await node(page, 'boss').locator('.run-running').waitFor()
  await page.locator('.run-wire.is-passing').first().waitFor()
  await page.locator('.run-talk.is-now').first().waitFor()
  await dock()
    .getByText(/^~[\d.]+k? tokens$/)
    .waitFor()
  await dock().getByText('So far').waitFor()
  expect(await page.locator('.react-flow__node.selected').count()).toBe(0)
  await page.screenshot({ path: 'test-results/pictures/builder-live.png' })
  await dock().getByRole('tab', { name: 'Transcript' }).click()
  await dock().getByText('Editor').first().waitFor()
  expect(new URL(page.url()).pathname).toBe(`/workflows/${id}`)
})

it('goes on watching after a reload, and shows what came out when the run is done, or the data of a node', async () => {
  await page.reload()
  await node(page, 'gate').getByRole('button', { name: 'Approve' }).waitFor({ timeout: 40_000 })
  expect(await shownTab()).toBe('Timeline')
  await look(page, 'builder-waits')
  await node(page, 'gate').getByRole('button', { name: 'Approve' }).click()
  await dock().getByText('Completed').first().waitFor()
  await dock().getByRole('heading', { name: 'Result' }).waitFor()
  expect(await shownTab()).toBe('Result')
  await look(page, 'builder-result')
  await node(page, 'crew').click({ position: { x: 60, y: 20 } })
  await dock().getByText('crew', { exact: true }).waitFor()
  expect(await shownTab()).toBe('Data')
  await page.keyboard.press('Escape')
})

it('lets one build on while the run is shown', async () => {
  await node(page, 'ready').click()
  await page.keyboard.press('Delete')
  await node(page, 'ready').waitFor({ state: 'detached' })
  await isSaved(page)
  await page.keyboard.press('Control+z')
  await node(page, 'ready').locator('.run-completed').waitFor()
  await isSaved(page)
  await page.getByRole('button', { name: 'Close the run' }).click()
  await dock().waitFor({ state: 'detached' })
  expect(await page.locator('.run-card').count()).toBe(0)
  expect(new URL(page.url()).searchParams.get('run')).toBeNull()
  expect(visit.faults).toEqual([])
})

it('opens the page of the run on a phone, where the canvas has no room for both', async () => {
  const other = await openPage(browser, phone)
  await other.context.addCookies(await visit.context.cookies())
  await openBuilder(other.page, baton, id)
  await other.page.getByRole('button', { name: 'Run', exact: true }).click()
  await other.page.getByLabel(/Topic/).fill(topic)
  await other.page.getByRole('button', { name: 'Run the draft' }).click()
  await other.page.waitForURL(/\/runs\//)
  await other.page.getByRole('button', { name: 'Cancel', exact: true }).waitFor()
  await other.close()
})

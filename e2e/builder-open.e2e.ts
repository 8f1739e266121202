import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import type { RunningBaton } from '@/e2e/testing/baton'
import { addWorkflow, isSaved, node, openBuilder, savedGraph, still } from '@/e2e/testing/builder'
import { startBuilders } from '@/e2e/testing/builders'
import { word } from '@/e2e/testing/chance'
import type { Graph } from '@/engine/graph/schema'
import { sessionCookie } from '@/server/people/session-cookie'
import { hashToken, newToken } from '@/server/people/token'

let baton: RunningBaton & { databaseUrl: string }
let browser: Browser
let first: Page

const builders = startBuilders()
beforeAll(() => {
  ;({ baton, browser, first } = builders)
})

const patient = { timeout: 20_000 }
const at = (x: number, y: number) => ({ position: { x, y } })
const secretGraph = (): Graph => ({
  baton: 1,
  name: word('name'),
  description: word('about'),
  nodes: [
    { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] }, ...at(0, 0) },
    {
      id: 'write',
      kind: 'agent',
      name: word('agent'),
      config: { model: 'default', prompt: word('prompt') },
      ...at(300, 0),
    },
    { id: 'done', kind: 'output', config: {}, ...at(600, 0) },
  ],
  edges: [
    { source: 'start', target: 'write' },
    { source: 'write', target: 'done' },
  ],
})
const wordsOf = ({ name, description, nodes }: Graph): string[] =>
  [name, description, nodes[1]?.name, nodes[1]?.config.prompt].map(String)

/** Somebody of another workspace on the same server. */
async function stranger(): Promise<BrowserContext> {
  const token = newToken(32)
  const [user, workspace] = [randomUUID(), randomUUID()]
  const client = new Client({ connectionString: baton.databaseUrl })
  await client.connect()
  await client.query(`insert into "user" (id, name) values ($1, 'Stranger')`, [user])
  await client.query(`insert into workspace (id, name, slug) values ($1, 'Elsewhere', $2)`, [workspace, word()])
  await client.query(`insert into member (workspace_id, user_id, role) values ($1, $2, 'owner')`, [workspace, user])
  await client.query(
    `insert into session (token_hash, user_id, workspace_id, expires_at) values ($1, $2, $3, now() + interval '1 hour')`,
    [hashToken(token), user, workspace],
  )
  await client.end()
  const context = await browser.newContext()
  await context.addCookies([{ name: sessionCookie, value: token, url: baton.origin }])
  return context
}

const newTab = () => first.context().newPage()
const nameField = (page: Page) => page.getByLabel('Name of the workflow')
const saved = (id: string) => savedGraph(first, baton, id)

async function rename(page: Page, id: string): Promise<string> {
  const name = word('Named ')
  await nameField(page).fill(name)
  await expect.poll(async () => (await saved(id)).name, patient).toBe(name)
  await isSaved(page)
  return name
}

it('sends the draft with the page to those who may read it, and nothing of it to anybody else', async () => {
  const graph = secretGraph()
  const id = await addWorkflow(first, baton, graph)
  const address = `${baton.origin}/workflows/${id}`
  const nobody = await browser.newContext()
  const away = await stranger()
  expect((await away.request.get(`${baton.origin}/api/v1/me`)).status()).toBe(200)
  for (const context of [nobody, away]) {
    for (const headers of [{}, { rsc: '1' }]) {
      const html = await (await context.request.get(address, { headers })).text()
      expect(wordsOf(graph).filter((each) => html.includes(each))).toEqual([])
    }
    const page = await context.newPage()
    await page.goto(address)
    await page
      .getByText(context === nobody ? /sign/i : 'There is no such workflow')
      .first()
      .waitFor(patient)
    const shown = await page.content()
    expect(wordsOf(graph).filter((each) => shown.includes(each))).toEqual([])
    await context.close()
  }
  const own = await first.request.get(address)
  const html = await own.text()
  expect(wordsOf(graph).filter((each) => !html.includes(each))).toEqual([])
  // A draft that another person finds in a cache on the way would be none of theirs.
  expect(own.headers()['cache-control']).toMatch(/no-store|private/)
})

it('asks for the graph no second time when it has come with the page', async () => {
  const id = await addWorkflow(first, baton, secretGraph())
  const page = await newTab()
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('workflows.get')) asked.push(request.url())
  })
  await openBuilder(page, baton, id)
  await node(page, 'write').waitFor()
  await page.waitForLoadState('networkidle')
  expect(asked.filter((url) => !/workflows\.get[A-Z]/.test(url))).toEqual([])
  await page.close()
})

const ways: [string, (page: Page) => Promise<unknown>, (page: Page) => Promise<unknown>][] = [
  [
    'by the link to the workflows and Back',
    (page) =>
      page
        .getByRole('link', { name: /workflows/i })
        .first()
        .click(),
    (page) => page.goBack(),
  ],
  ['by loading the page anew', async () => {}, (page) => page.reload()],
  ['by an address of another page and Back', (page) => page.goto(`${baton.origin}/settings`), (page) => page.goBack()],
]

it.each(ways)(
  'shows the newest draft after leaving and coming again %s, and saves it without a conflict',
  async (_, leave, back) => {
    const id = await addWorkflow(first, baton, secretGraph())
    const page = await newTab()
    await page.goto(`${baton.origin}/`)
    await page.locator(`a[href="/workflows/${id}"]`).first().click()
    await node(page, 'write').waitFor()
    for (let turn = 0; turn < 2; turn += 1) {
      const name = await rename(page, id)
      await leave(page)
      if (!/by loading/.test(_)) await page.waitForURL((url) => url.pathname !== `/workflows/${id}`)
      await back(page)
      await node(page, 'write').waitFor()
      await expect.poll(() => nameField(page).inputValue(), patient).toBe(name)
    }
    await rename(page, id)
    expect(await page.locator('[data-saving=conflict]').count()).toBe(0)
    await page.close()
  },
)

it('shows the newest draft by Forward too, also when it was changed elsewhere meanwhile', async () => {
  const id = await addWorkflow(first, baton, secretGraph())
  const page = await newTab()
  await page.goto(`${baton.origin}/`)
  await page.locator(`a[href="/workflows/${id}"]`).first().click()
  await node(page, 'write').waitFor()
  const name = await rename(page, id)
  await page.goBack()
  await page.waitForURL(`${baton.origin}/`)
  await page.goForward()
  await expect.poll(() => nameField(page).inputValue(), patient).toBe(name)
  await page.goBack()
  await page.waitForURL(`${baton.origin}/`)
  const other = await newTab()
  await openBuilder(other, baton, id)
  const theirs = await rename(other, id)
  await other.close()
  await page.goForward()
  await expect.poll(() => nameField(page).inputValue(), patient).toBe(theirs)
  await rename(page, id)
  expect(await page.locator('[data-saving=conflict]').count()).toBe(0)
  await page.close()
})

it('keeps what is typed in the moment before one leaves by a link, however long it is on its way', async () => {
  const id = await addWorkflow(first, baton, secretGraph())
  const page = await newTab()
  await openBuilder(page, baton, id)
  await node(page, 'write').waitFor()
  let arrive = () => {}
  const held = new Promise<void>((resolve) => {
    arrive = resolve
  })
  await page.route('**/workflows.save*', async (route) => {
    await held
    await route.continue()
  })
  const nextDoor = await newTab()
  await openBuilder(nextDoor, baton, id)
  await node(nextDoor, 'write').waitFor()
  await page.bringToFront()
  const name = word('Hasty ')
  await nameField(page).fill(name)
  const sent = page.waitForRequest(/workflows\.save/)
  await page
    .getByRole('link', { name: /workflows/i })
    .first()
    .click()
  await sent
  await page.waitForURL(`${baton.origin}/`)
  await page.goBack()
  await page.getByRole('status').getByText('Loading').waitFor({ state: 'attached' })
  expect(await nameField(page).count()).toBe(0)
  arrive()
  await expect.poll(() => nameField(page).inputValue(), patient).toBe(name)
  expect((await saved(id)).name).toBe(name)
  await expect.poll(() => nameField(nextDoor).inputValue(), patient).toBe(name)
  await nextDoor.close()
  await page.unroute('**/workflows.save*')
  await rename(page, id)
  expect(await page.locator('[data-saving=conflict]').count()).toBe(0)
  await page.close()
})

it('lists problems and says what is missing although the script that looks for them can not be loaded', async () => {
  const graph = secretGraph()
  const nodes = [...graph.nodes, { id: 'ask', kind: 'condition', config: {}, ...at(300, 200) }]
  const id = await addWorkflow(first, baton, { ...graph, nodes })
  const page = await newTab()
  const working = page.waitForEvent('worker', patient)
  await openBuilder(page, baton, id)
  const { pathname } = new URL((await working).url())
  let refused = 0
  await page.route(`**${pathname}`, (route) => {
    refused += 1
    return route.abort()
  })
  await openBuilder(page, baton, id)
  await node(page, 'ask').waitFor()
  await still(page)
  await expect.poll(() => node(page, 'ask').getAttribute('aria-label'), patient).toMatch(/problem/)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page
    .getByRole('region', { name: 'Problems' })
    .getByRole('button', { name: /expression/ })
    .waitFor(patient)
  await page.getByText(/to mend before it can run/).waitFor()
  expect(refused).toBeGreaterThan(0)
  await page.close()
})

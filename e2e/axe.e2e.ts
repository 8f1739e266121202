import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Graph } from '@/engine/graph/schema'
import { specs } from '@/nodes/registry/specs'
import { projectRoot } from '@/server/project-root'
import { type Api, type Body, openApi } from './testing/api'
import { inspect } from './testing/axe'
import { type RunningBaton, startBaton } from './testing/baton'
import { openBrowser } from './testing/browser'
import { empty, node } from './testing/builder'
import { type Peer, startPeer } from './testing/peer'
import { routes } from './testing/routes'
import { desk, openPage, phone, printedLink, type Screen, signIn, type Visit } from './testing/visit'

const watched = parse(readFileSync(path.join(projectRoot, 'e2e/testing/watched.yaml'), 'utf8'))
/** One node of each kind, most of them not set up yet. */
const kinds: Graph = {
  baton: 1,
  name: 'Every kind',
  nodes: Object.keys(specs).map((kind, index) => ({
    id: `${kind}_${index}`,
    kind,
    config: kind === 'input' ? { fields: [{ name: 'topic', type: 'text' }] } : {},
    position: { x: (index % 5) * 340, y: Math.floor(index / 5) * 240 },
  })),
  edges: [],
}
const chain = (name: string, url: string): Graph => ({
  baton: 1,
  name,
  nodes: [
    { id: 'call', kind: 'http', name: 'Call', config: { method: 'GET', url }, position: { x: 0, y: 0 } },
    { id: 'done', kind: 'output', config: {}, position: { x: 320, y: 0 } },
  ],
  edges: [{ source: 'call', target: 'done' }],
})

let baton: RunningBaton
let browser: Browser
let silent: Peer
let visit: Visit
let api: Api
/** Where each page is to be seen, in all the states that it can be linked to in. */
let places: Record<string, string[]>
let ids: Record<'full' | 'empty' | 'kinds' | 'completed', string>

beforeAll(async () => {
  silent = await startPeer(() => {})
  baton = await startBaton({ BATON_ALLOW_PRIVATE: `127.0.0.1:${silent.port}` })
  browser = await openBrowser()
  visit = await openPage(browser, desk)
  await signIn(visit.page, printedLink(baton))
  api = await openApi(baton)
  const make = async (graph: unknown) => (await api.post<{ id: string }>('/workflows', { graph })).body.id
  const full = await make(watched)
  ids = { full, empty: await make(empty), kinds: await make(kinds), completed: '' }
  await api.post(`/workflows/${full}/publish`, { note: 'The first' })
  await api.put(`/workflows/${full}`, { graph: changed(watched), revision: 1 })
  await api.post(`/workflows/${full}/publish`, { note: 'With other words' })
  const run = async (more: Body = {}) =>
    (await api.post<{ id: string }>(`/workflows/${full}/runs`, { input: { topic: 'tea' }, ...more })).body.id
  const first = await run()
  const waiting = await run({ version: 1 })
  const completed = await run()
  for (const id of [first, completed]) await pass(id, 'ready', 'gate')
  await pass(waiting, 'ready')
  await api.untilRun(waiting, ({ waitingFor }) => waitingFor.some((each) => each.path === 'gate'), 40_000)
  const failed = await api.run(chain('Calls home', 'http://127.0.0.1:9/') as never)
  ids.completed = completed
  const link = (await api.post<{ url: string }>(`/runs/${completed}/share`, {})).body.url
  const shared = new URL(link, baton.origin).pathname
  places = {
    '/': ['/'],
    '/gallery': ['/gallery', '/gallery?search=nothing-is-called-like-this'],
    '/gallery/[id]': ['/gallery/brief-writers'],
    '/runs': ['/runs'],
    '/s/[token]': [shared],
    '/s/[token]/embed': [`${shared}/embed`],
    '/runs/[id]': [
      `/runs/${waiting}`,
      `/runs/${failed.id}?node=call`,
      '/runs/running',
      `/runs/${completed}?node=crew`,
      `/runs/${completed}?at=12`,
      `/runs/${completed}?with=${first}`,
      '/runs/none',
    ],
    '/workflows/[id]': [
      `/workflows/${ids.empty}`,
      `/workflows/${full}?node=crew`,
      `/workflows/${full}?tab=runs`,
      `/workflows/${full}?tab=versions`,
      `/workflows/${full}?tab=versions&version=1&against=draft`,
      `/workflows/${full}?run=${waiting}`,
    ],
    '/workflows/[id]/edit': [],
    '/nowhere': ['/nowhere'],
  }
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await baton?.stop()
  await silent?.close()
})

/** One that is at work right now: a web request stays without an answer. */
const runningRun = async () => `/runs/${await api.begin(chain('Calls for ever', silent.origin) as never)}`

const pass = async (id: string, ...gates: string[]) => {
  for (const gate of gates) {
    await api.untilRun(id, ({ waitingFor }) => waitingFor.some((each) => each.path === gate), 40_000)
    await api.post(`/runs/${id}/approvals/${gate}`, { decision: 'approved' })
  }
}

function changed(graph: Graph): Graph {
  const nodes = graph.nodes.map((each) =>
    each.id === 'boss' ? { ...each, config: { instructions: 'Lead well.' } } : each,
  )
  return { ...graph, nodes }
}

/** Nothing is on its way any more. */
const settled = async (page: Page) => {
  await page.waitForLoadState('networkidle')
  await expect.poll(() => page.getByText('Loading', { exact: true }).count(), { timeout: 15_000 }).toBe(0)
}

const light: [string, Screen] = ['light', desk]
const dark: [string, Screen] = ['dark', { ...desk, colorScheme: 'dark' }]
const between: [string, Screen][] = [
  dark,
  ['tablet', { width: 1024, height: 768, colorScheme: 'light' }],
  ['phone-light', { ...phone, colorScheme: 'light' }],
]
/** The outermost ones always (the phone is dark), those between them with `npm run test:long`. */
const screens: [string, Screen][] = [light, ['phone', phone], ...(process.env.BATON_TEST_LONG === '1' ? between : [])]

describe.each(screens)('on a screen that is %s', (name, screen) => {
  let page: Page
  let other: Visit
  beforeAll(async () => {
    other = await openPage(browser, screen)
    await other.context.addCookies(await visit.context.cookies())
    page = other.page
  })
  afterAll(() => other.close())

  it('every page can be used by everybody, and none is wider than the screen', async () => {
    const wanted = routes().flatMap((route) => {
      const known = places[route] ?? (route.includes('[') ? null : [route])
      if (known === null) throw new Error(`Say in this test how one gets to ${route}.`)
      return known
    })
    for (const [index, url] of [...wanted, ...(places['/nowhere'] ?? [])].entries()) {
      await page.goto(`${baton.origin}${url === '/runs/running' ? await runningRun() : url}`)
      await settled(page)
      await inspect(page, `${name}-${index}-${url.replaceAll(/[^a-z]+/g, '-')}`)
    }
  }, 300_000)

  it('so can what opens over a page', async () => {
    for (const [url, button] of [
      ['/', 'Import a workflow'],
      ['/secrets', 'Add a secret'],
      ['/keys', 'Make a key'],
      ['/connections', 'Connect a model'],
      [`/workflows/${ids.full}`, 'Run'],
      [`/runs/${ids.completed}`, 'Fork from here'],
    ] as const) {
      await page.goto(`${baton.origin}${url}`)
      await settled(page)
      const opener = page.getByRole('button', { name: button, exact: true }).first()
      if ((await opener.count()) === 0) continue
      await opener.click()
      await page.getByRole('dialog').first().waitFor()
      await inspect(page, `${name}-dialog-${button.replaceAll(' ', '-')}`)
    }
  }, 120_000)
})

describe.each(process.env.BATON_TEST_LONG === '1' ? [light, dark] : [dark])('the builder in %s', (name, screen) => {
  let page: Page
  let other: Visit
  beforeAll(async () => {
    other = await openPage(browser, screen)
    await other.context.addCookies(await visit.context.cookies())
    page = other.page
  })
  afterAll(() => other.close())

  it('shows the set-up of every kind of node so that everybody can use it', async () => {
    await page.goto(`${baton.origin}/workflows/${ids.kinds}`)
    await settled(page)
    for (const { id } of kinds.nodes) {
      await node(page, id).focus()
      await page.keyboard.press('Enter')
      const inspector = page.getByRole('complementary', { name: 'Inspector' })
      // A note is written in where it stands; its panel has a form and no tabs.
      await inspector.locator('input, textarea, select').first().waitFor()
      await inspect(page, `${name}-kind-${id}`)
      await page.keyboard.press('Escape')
    }
  }, 180_000)

  it('has menus, lists and dialogs that everybody can use', async () => {
    await page.goto(`${baton.origin}/workflows/${ids.full}`)
    await node(page, 'long').waitFor()
    await settled(page)
    const states: [string, () => Promise<unknown>][] = [
      ['commands', () => page.keyboard.press('Control+k')],
      ['shortcuts', () => page.keyboard.press('?')],
      ['find', () => page.keyboard.press('Control+f')],
      ['problems', () => page.keyboard.press('p')],
      ['add', () => page.keyboard.press('/')],
      ['menu', () => node(page, 'long').click({ button: 'right' })],
      ['connect', () => page.keyboard.press('c')],
      ['several', () => page.keyboard.press('Control+a')],
      ['publish', () => page.getByRole('button', { name: 'Publish' }).click()],
    ]
    for (const [state, open] of states) {
      await open()
      await inspect(page, `${name}-builder-${state}`)
      await page.keyboard.press('Escape')
    }
  }, 120_000)
})

import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { projectRoot } from '@/server/project-root'
import { type RunningBaton, startBaton } from './testing/baton'
import { openBrowser } from './testing/browser'
import { addWorkflow, node } from './testing/builder'
import { words } from './testing/chance'
import { desk, look, openPage, phone, printedLink, type Screen, signIn, type Visit } from './testing/visit'

const graph = parse(readFileSync(path.join(projectRoot, 'e2e/testing/watched.yaml'), 'utf8'))
const failing = {
  baton: 1,
  name: 'Calls home',
  nodes: [
    { id: 'ready', kind: 'approval', name: 'Ready?', config: { title: 'Begin now?', message: '' } },
    { id: 'call', kind: 'http', name: 'Call home', config: { method: 'GET', url: 'http://127.0.0.1:9/' } },
    { id: 'done', kind: 'output', name: 'Result', config: {} },
  ],
  edges: [
    { source: 'ready', sourcePort: 'approved', target: 'call' },
    { source: 'call', target: 'done' },
  ],
}
const pack = {
  baton: 1,
  name: 'Content pack',
  nodes: [
    { id: 'start', kind: 'input', config: { fields: [{ name: 'post', type: 'text' }] } },
    {
      id: 'done',
      kind: 'output',
      config: { value: { blog_post: '{{ input.post }}', likes: 12, mail: null, tags: [{ name: 'tea' }] } },
    },
  ],
  edges: [{ source: 'start', target: 'done' }],
}
const skipped = {
  baton: 1,
  name: 'No way there',
  nodes: [
    { id: 'wanted', kind: 'condition', config: { expression: '1 > 2' } },
    { id: 'done', kind: 'output', config: {} },
  ],
  edges: [{ source: 'wanted', sourcePort: 'true', target: 'done' }],
}
const more = Array.from({ length: 14 }, (_, at) => ({
  ...{ id: `m${at}`, kind: 'transform', name: `Note ${at}`, config: { template: 'tea' } },
  position: { x: 300 + (at % 4) * 280, y: 300 + Math.floor(at / 4) * 120 },
}))
/** Its team is skipped, and so are more nodes than a canvas without an overview has. */
const skipping = {
  baton: 1,
  name: 'Skips',
  nodes: [
    { id: 'ask', kind: 'condition', config: { expression: 'true' }, position: { x: 0, y: 200 } },
    { id: 'crew', kind: 'team', config: { mode: 'sequence', goal: 'Tea.' }, position: { x: 300, y: 0 } },
    { id: 'boss', kind: 'agent', parent: 'crew', config: { instructions: 'Lead.' }, position: { x: 20, y: 70 } },
    { id: 'second', kind: 'agent', parent: 'crew', config: { instructions: 'Go.' }, position: { x: 300, y: 70 } },
    ...more,
    { id: 'done', kind: 'transform', config: { template: 'tea' }, position: { x: 900, y: 60 } },
  ],
  edges: [
    { source: 'ask', sourcePort: 'false', target: 'crew' },
    ...more.map(({ id }) => ({ source: 'ask', sourcePort: 'false', target: id })),
    { source: 'ask', sourcePort: 'true', target: 'done' },
  ],
}
/** While words are on their way, nobody knows how many tokens they are. */
const about = /~[\d.]+k? tokens/
const darkDesk: Screen = { ...desk, colorScheme: 'dark' }
const tablet: Screen = { width: 1024, height: 768, colorScheme: 'light' }

describe('the page of a run', () => {
  let baton: RunningBaton
  let browser: Browser
  let visit: Visit
  let workflowId: string
  let first: string

  const post = async (url: string, data: unknown) => {
    const answer = await visit.page.request.post(`${baton.origin}/api/v1${url}`, {
      data,
      headers: { origin: baton.origin },
    })
    expect(answer.ok(), await answer.text()).toBe(true)
    return (await answer.json()) as { id: string; output: unknown; status: string }
  }
  /** It waits at its first node: what is to be watched must not be over before the page is there. */
  const begin = async (topic: string) =>
    (await post(`/workflows/${workflowId}/runs`, { version: 'draft', input: { topic }, wait: 20 })).id
  const beginAtOnce = async (topic: string) => {
    const id = await begin(topic)
    await post(`/runs/${id}/approvals/ready`, { decision: 'approved' })
    return id
  }
  const visitAs = async (screen: Screen) => {
    const other = await openPage(browser, screen)
    await other.context.addCookies(await visit.context.cookies())
    return other
  }

  beforeAll(async () => {
    baton = await startBaton()
    browser = await openBrowser()
    visit = await openPage(browser, desk)
    await signIn(visit.page, printedLink(baton))
    workflowId = await addWorkflow(visit.page, baton, graph)
  })
  afterAll(async () => {
    await browser?.close()
    await baton?.stop()
  })

  it('shows a run live on its graph: words, who speaks, counts, edges that light up', async () => {
    const { page } = visit
    first = await begin('tea')
    await page.goto(`${baton.origin}/runs/${first}`)
    await node(page, 'ready').getByRole('button', { name: 'Approve' }).click()
    await node(page, 'boss').locator('.run-running').waitFor()
    await page.locator('.run-wire.is-passing').first().waitFor()
    await page.locator('.run-talk.is-now').first().waitFor()
    await page.locator('.run-card').getByText(about).first().waitFor()
    await page.locator('main header dd').getByText(about).waitFor()
    expect(await wordsSeen(page)).toBeGreaterThan(7)
    await look(page, 'watch-team')
    await page.getByRole('tab', { name: 'Transcript' }).click()
    await page.getByRole('region', { name: 'Conversation of Story crew' }).getByText('Editor').first().waitFor()
    await page.getByRole('tab', { name: 'Timeline' }).click()
    await node(page, 'each')
      .getByText(/^[1-5]\/6$/)
      .waitFor()
    await look(page, 'watch-map')
    await node(page, 'each').getByText('6/6').waitFor()
    await node(page, 'gate').locator('.run-waiting').waitFor()
    expect(await node(page, 'again').locator('.run-skipped').count()).toBe(1)
    await look(page, 'watch-waits')
  })

  it('looks at one item of a box, and follows the work again', async () => {
    const { page } = visit
    await node(page, 'each').getByRole('button', { name: 'Item before' }).click()
    await node(page, 'polish').click()
    const shown = page.getByRole('complementary', { name: 'Details' })
    await shown.getByRole('heading', { name: /^Polisher, item/ }).waitFor()
    await shown.getByRole('tab', { name: 'Input' }).click()
    await shown.getByText(/Polish a line about \w+ in tea\./).waitFor()
    await shown.getByRole('tab', { name: 'Messages' }).click()
    await shown.getByText('You polish.').waitFor()
    await look(page, 'watch-messages')
    expect(new URL(page.url()).searchParams.get('node')).toMatch(/^each\[\d\]\/polish$/)
    await shown.getByRole('tab', { name: 'Result' }).click()
    await page.keyboard.press('Escape')
  })

  it('shows on the canvas the item that a link leads to', async () => {
    const { page, faults, close } = await visitAs(desk)
    await page.goto(`${baton.origin}/runs/${first}?node=each[2]/polish`)
    await page.getByRole('heading', { name: 'Polisher, item 3', exact: true }).waitFor()
    await node(page, 'polish').locator('.is-selected').waitFor()
    await node(page, 'each').getByText('Item 3').waitFor()
    expect(faults).toEqual([])
    await close()
  })

  it('takes a decision right on the canvas', async () => {
    const { page } = visit
    await node(page, 'gate').getByRole('button', { name: 'Approve' }).click()
    await page.getByText('Completed').first().waitFor()
    await page.getByText('Published:').first().waitFor()
    await look(page, 'watch-done')
  })

  it('moves through the log: by slider, by keyboard, playing, and by a link to one moment', async () => {
    const { page } = visit
    const slider = page.getByRole('slider', { name: 'Moment of the run' })
    const last = Number(await slider.getAttribute('max'))
    await slider.fill('9')
    await node(page, 'gate').locator('.run-idle').waitFor()
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0)
    await page.keyboard.press('ArrowRight')
    await page.getByText(`event 10 of ${last}`).waitFor()
    await look(page, 'replay')
    await expect.poll(() => new URL(page.url()).searchParams.get('at')).toBe('10')

    await page.reload()
    await page.getByText(`event 10 of ${last}`).waitFor()
    await page.getByRole('radio', { name: 'max' }).check({ force: true })
    await page.locator('body').press(' ')
    await page.getByText(`event ${last} of ${last}`).waitFor()
    await page.getByText('Completed').first().waitFor()
    await expect.poll(() => new URL(page.url()).searchParams.get('at')).toBeNull()
  })

  it('lists the events, finds some, and goes to the moment of one', async () => {
    const { page } = visit
    await page.getByRole('tab', { name: 'Events' }).click()
    await page.getByRole('searchbox', { name: 'Search events' }).fill('gate waits')
    await page.getByRole('list', { name: 'Events' }).getByRole('button').first().click()
    await node(page, 'gate').locator('.run-waiting').waitFor()
    await look(page, 'watch-events')
    await page.getByRole('button', { name: 'To the end' }).click()
  })

  it('forks with other words from a node on, and compares both runs', async () => {
    const { page } = visit
    await page.getByRole('tab', { name: 'Timeline' }).click()
    await page
      .getByRole('region', { name: 'Timeline' })
      .getByRole('button', { name: /^Story crew/ })
      .waitFor()
    await node(page, 'long').click()
    await page.getByRole('button', { name: 'Fork from here' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Other words').click()
    await dialog.getByLabel('Expression').fill('size(each) > 200')
    await look(page, 'fork')
    await dialog.getByRole('button', { name: 'Start the fork' }).click()
    await page.waitForURL((url) => url.pathname.startsWith('/runs/') && !url.pathname.endsWith(first))
    await page.getByText('Completed').first().waitFor()
    await node(page, 'again').locator('.run-completed').waitFor()
    expect(await page.getByText('A fork of').getByRole('link').getAttribute('href')).toBe(`/runs/${first}`)

    await page.getByRole('button', { name: 'Compare' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Completed' }).first().click()
    await node(page, 'again').getByText('only here').waitFor()
    await node(page, 'gate').getByText('only there').waitFor()
    await node(page, 'long').getByText('differs').waitFor()
    await page
      .getByRole('tabpanel', { name: 'Comparison' })
      .getByRole('button', { name: /^Story/ })
      .first()
      .click()
    await page.getByRole('heading', { name: /from the other run to this one/ }).waitFor()
    await look(page, 'compare')

    // A node in a box: the item that the canvas shows, in the comparison as in the details.
    const rows = page.getByRole('tabpanel', { name: 'Comparison' })
    await rows.getByRole('button', { name: 'start', exact: true }).waitFor()
    await rows.getByRole('button', { name: /^Polisher/ }).click()
    await rows.getByRole('heading', { name: /^Polisher, item \d: from the other run/ }).waitFor()
    await rows.getByText('Both are the same.').waitFor()
    const details = page.getByRole('complementary', { name: 'Details' })
    await details.getByRole('heading', { name: /^Polisher, item \d$/ }).waitFor()
    await details.getByText('Polish', { exact: false }).first().waitFor()
    await details.getByRole('button', { name: 'Fork from here' }).click()
    await page.getByRole('dialog').getByText('except all items of Polisher and what depends on it').waitFor()
    await page.keyboard.press('Escape')
  })

  it('compares runs on a phone too, where a link to a comparison shows it first', async () => {
    const other = await begin('water')
    const { page, faults, close } = await visitAs(phone)
    await page.goto(`${baton.origin}/runs/${first}`)
    await page.getByRole('button', { name: 'Compare' }).click()
    await page.getByRole('dialog').getByRole('listitem').first().getByRole('button').click()
    const panel = page.getByRole('region', { name: 'Comparison' })
    await panel.getByRole('link', { name: 'The other' }).waitFor()
    await page.getByRole('button', { name: 'End comparison' }).click()
    await panel.waitFor({ state: 'detached' })
    await page.goto(`${baton.origin}/runs/${first}?with=${other}`)
    await panel.getByRole('heading', { name: /^The result/ }).waitFor()
    await look(page, 'compare-phone')
    await panel.getByRole('button', { name: /^start/ }).click()
    await panel.getByRole('heading', { name: /^start/ }).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(faults).toEqual([])
    await close()
  })

  it('shows what came out part by part, as words and tables, and as JSON when asked for', async () => {
    const [head, text, cell] = [words(2).join(' '), words(60).join(' '), words(3).join(' ')]
    const table = `| Tea | Notes | Price |\n|---|---|--:|\n| **Green** | ${cell} | 3 |`
    const input = { post: `# ${head}\n\n${text}\n\n${table}\n\n**Come.** <b>${text}</b>` }
    const { id } = await post('/runs', { graph: pack, input, wait: 20 })
    for (const [name, screen] of Object.entries({ desk, dark: darkDesk, phone })) {
      const { page, faults, close } = await visitAs(screen)
      await page.goto(`${baton.origin}/runs/${id}`)
      const part = page.getByRole('region', { name: 'Blog post' })
      await part.getByRole('heading', { name: head }).waitFor()
      await part.getByRole('cell', { name: cell }).waitFor()
      await page.getByRole('region', { name: 'Likes' }).getByText('12', { exact: true }).waitFor()
      await page.getByRole('region', { name: 'Mail' }).getByText('Nothing').waitFor()
      await look(page, `result-${name}`)
      await page.getByRole('button', { name: 'Show as JSON' }).click()
      await page.locator('pre', { hasText: '"blog_post": "# ' }).waitFor()
      await look(page, `result-json-${name}`)
      expect(faults).toEqual([])
      await close()
    }
    const { page } = visit
    await page.goto(`${baton.origin}/runs/${(await post('/runs', { graph: skipped, wait: 20 })).id}`)
    await page.getByText('Nothing came out of it.').waitFor()
    await look(page, 'result-nothing')
  })

  it('draws only what an event is about', async () => {
    const { page } = visit
    const id = await beginAtOnce('cocoa')
    await page.goto(`${baton.origin}/runs/${id}`)
    await node(page, 'gate').locator('.run-waiting').waitFor()
    await node(page, 'each').getByText('6/6').waitFor()
    await page.evaluate(() => {
      globalThis.batonRenders = {}
    })
    await post(`/runs/${id}/approvals/gate`, { decision: 'approved' })
    await page.getByText('Completed').first().waitFor()
    const counts = await page.evaluate(() => globalThis.batonRenders ?? {})
    const drawn = Object.keys(counts).filter((what) => what.startsWith('run '))
    expect(drawn.sort()).toEqual(['run done', 'run gate'])
  })

  it('shows pale what was skipped, with all that lies in it: near, from afar and in the overview', async () => {
    const { page } = visit
    const { id } = await post('/runs', { graph: skipping, wait: 20 })
    await page.goto(`${baton.origin}/runs/${id}`)
    await node(page, 'done').locator('.run-completed').waitFor()
    const skipped = ['crew', 'boss', 'second', ...more.map(({ id: each }) => each)]
    await expect.poll(() => page.locator('.run-skipped').count()).toBe(skipped.length)
    expect(await node(page, 'boss').locator('.run-skipped').count()).toBe(1)
    await expect.poll(() => page.locator('.overview path.is-pale').count()).toBe(2)
    await look(page, 'skipped')
    while ((await page.locator('.baton-canvas.is-far').count()) === 0)
      await page.getByRole('button', { name: 'Zoom out' }).click()
    const hue = (name: string) =>
      node(page, name)
        .locator('.node-card')
        .evaluate((card) => getComputedStyle(card).getPropertyValue('--family').trim())
    expect(await hue('boss')).toBe(await hue('m0'))
    expect(await hue('m0')).not.toBe(await hue('done'))
    expect([await hue('boss'), await hue('m0')]).toEqual([await ends(page), await ends(page)])
    await look(page, 'skipped-far')
  })

  it('pauses and goes on, says why a node failed and what to do, and tries again from there, by keyboard too', async () => {
    const { page } = visit
    const { id } = await post('/runs', { graph: failing })
    await page.goto(`${baton.origin}/runs/${id}`)
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    await page.getByText('Paused').first().waitFor()
    await page.getByRole('button', { name: 'Resume' }).click()
    await node(page, 'ready').getByRole('button', { name: 'Approve' }).click()
    await node(page, 'call').locator('.run-failed').waitFor()
    await node(page, 'call').focus()
    await page.keyboard.press('Enter')
    const details = page.getByRole('complementary', { name: 'Details' })
    await details.getByText('Use a public address').waitFor()
    await look(page, 'watch-failed')
    const slider = page.getByRole('slider', { name: 'Moment of the run' })
    const before = Number(await slider.getAttribute('max'))
    await node(page, 'call').getByRole('button', { name: 'Retry' }).click()
    await expect.poll(async () => Number(await slider.getAttribute('max'))).toBeGreaterThan(before)
    await node(page, 'call').locator('.run-failed').waitFor()
  })

  it('reads well in the dark, on a tablet and on a phone, where one can approve and start a run', async () => {
    const id = await beginAtOnce('milk')
    for (const [name, screen] of [
      ['dark', darkDesk],
      ['tablet', tablet],
    ] as const) {
      const other = await visitAs(screen)
      await other.page.goto(`${baton.origin}/runs/${id}`)
      await node(other.page, 'gate').locator('.run-waiting').waitFor({ timeout: 30_000 })
      await look(other.page, `watch-${name}`)
      expect(other.faults).toEqual([])
      await other.close()
    }
    const { page, faults, close } = await visitAs(phone)
    await page.goto(`${baton.origin}/runs/${id}`)
    await page.getByRole('heading', { name: 'Publish this?' }).waitFor()
    await look(page, 'watch-phone')
    for (const tab of ['Graph', 'Timeline', 'Transcript', 'Events']) {
      await page.getByRole('tab', { name: tab, exact: true }).click()
      await look(page, `watch-phone-${tab.toLowerCase()}`)
    }
    await page.getByRole('button', { name: 'Approve', exact: true }).first().click()
    await page.getByText('Completed').first().waitFor()
    await page.getByText('Published:').first().waitFor()
    await look(page, 'watch-phone-done')

    await page.goto(`${baton.origin}/workflows/${workflowId}`)
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByLabel('Topic').fill('juice')
    await look(page, 'start-phone')
    await page.getByRole('button', { name: 'Run the draft' }).click()
    await page.waitForURL(/\/runs\//)
    await page.getByRole('heading', { name: 'Begin now?' }).waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    expect(await page.getByLabel('Topic').inputValue()).toBe('juice')
    expect(faults).toEqual([])
    await close()
  })

  it('keeps its name, its actions and the replay in calm rows on every screen, however long the name is', async () => {
    const name = words(14).join(' ')
    const { id } = await post('/runs', { graph: { ...failing, name } })
    for (const [width, height] of [
      [1440, 900],
      [1024, 768],
      [768, 1024],
      [390, 844],
    ] as const)
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page, faults, close } = await visitAs({ width, height, colorScheme })
        await page.goto(`${baton.origin}/runs/${id}`)
        await page.getByRole('button', { name: 'Share' }).waitFor()
        const head = page.locator('main header').first()
        expect(await head.getByTitle(name).textContent()).toBe(name)
        expect(await rowsOf(head.getByRole('button'))).toBe(1)
        expect(await rowsOf(page.getByRole('region', { name: 'Replay' }).locator('button, p'))).toBe(1)
        await page.getByRole('slider', { name: 'Moment of the run' }).fill('2')
        await page.getByRole('button', { name: 'Fork from here' }).waitFor()
        expect(await rowsOf(head.getByRole('button'))).toBe(1)
        expect(await rowsOf(page.getByRole('region', { name: 'Replay' }).locator('button, p'))).toBe(1)
        if (width >= 1024) expect((await head.boundingBox())?.height).toBeLessThanOrEqual(64)
        await look(page, `run-head-${width}-${colorScheme}`)
        // However little there is to read, and however much: the replay stands below it, in reach.
        for (const tall of [height, 460]) {
          await page.setViewportSize({ width, height: tall })
          const end = width < 768 ? page.getByRole('navigation', { name: 'Main' }) : null
          const [replay, floor] = [
            await page.getByRole('region', { name: 'Replay' }).boundingBox(),
            await end?.boundingBox(),
          ]
          const bottom = (replay?.y ?? 0) + (replay?.height ?? 0)
          if (width < 1024) expect(Math.abs(bottom - (floor?.y ?? tall))).toBeLessThanOrEqual(1)
        }
        expect(faults).toEqual([])
        await close()
      }
  })

  it('never complains to the console', () => {
    expect(visit.faults).toEqual([])
  })
})

const ends = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--ends').trim())

/** In how many rows these stand: what overlaps from top to bottom stands in one. */
async function rowsOf(things: Locator): Promise<number> {
  const boxes = await Promise.all((await things.all()).map((thing) => thing.boundingBox()))
  let rows = 0
  let end = Number.NEGATIVE_INFINITY
  for (const box of boxes.filter((each) => each !== null).sort((a, b) => a.y - b.y)) {
    if (box.y >= end) rows += 1
    end = Math.max(end, box.y + box.height)
  }
  return rows
}

/** How many different things the team was seen to say while its words were on their way. */
async function wordsSeen(page: Page): Promise<number> {
  const seen = new Set<string>()
  const members = page.locator('.run-card.run-running p:last-child')
  await expect
    .poll(
      async () => {
        for (const words of await members.allTextContents()) seen.add(words)
        return seen.size
      },
      { interval: 30, timeout: 10_000 },
    )
    .toBeGreaterThan(7)
  return seen.size
}

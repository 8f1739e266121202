import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openApi } from './testing/api'
import { type RunningBaton, startBaton } from './testing/baton'
import { openBrowser } from './testing/browser'
import { number, word, words } from './testing/chance'
import { chainOf, field, inputOf, node, outputOf } from './testing/graph'
import { type Peer, sendJson, startPeer } from './testing/peer'
import { desk, look, openPage, phone, printedLink, signIn, type Visit } from './testing/visit'

let baton: RunningBaton
let peer: Peer
let api: Api
let browser: Browser
let onDesk: Visit
let onPhone: Visit
/** Paths of the other side that answer with an error at the moment. */
const down = new Set<string>()

beforeAll(async () => {
  peer = await startPeer(({ url }, response) =>
    sendJson(response, down.has(url.split('?')[0] ?? '') ? 500 : 200, { said: word() }),
  )
  baton = await startBaton({ BATON_ALLOW_PRIVATE: `127.0.0.1:${peer.port}` })
  api = await openApi(baton)
  browser = await openBrowser()
  onDesk = await openPage(browser, desk)
  onPhone = await openPage(browser, phone)
  await signIn(onDesk.page, printedLink(baton))
  await onPhone.context.addCookies(await onDesk.context.cookies())
})
afterAll(async () => {
  await browser?.close()
  await baton?.stop()
  await peer?.close()
})

const calling = (id: string, path: string, name: string) => ({
  ...chainOf(
    inputOf(field('n', 'number')),
    node(id, 'http', { url: `${peer.origin}${path}?n={{ start.n }}` }, { name: `Ask ${id}` }),
    outputOf('went'),
  ),
  name,
})
/** For what comes by a look at the database, on a machine that is busy. */
const slow = { timeout: 10_000 }

const runAll = async (workflow: string, count: number) => {
  const runs = Array.from({ length: count }, () =>
    api.post<{ id: string }>(`/workflows/${workflow}/runs`, { input: { n: number() }, wait: 30 }),
  )
  return (await Promise.all(runs)).map(({ body }) => body.id)
}
/** Runs that fail at a node of this name, until what it calls is mended. */
const failAt = async (id: string, count: number) => {
  down.add(`/${id}`)
  return runAll(await api.workflow(calling(id, `/${id}`, `Calls ${id}`)), count)
}

describe('dead letters', () => {
  const card = (page: Page, at: string) => page.getByRole('article').filter({ hasText: `in node Ask ${at}` })
  const entry = (page: Page) =>
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /Dead letters/ })
  /** Nothing is left over from a test before. */
  const nothingDead = async () => {
    down.clear()
    for (const { cause } of (await api.get<{ items: { cause: string }[] }>('/dead-letters?limit=200')).items)
      await api.ask('DELETE', `/dead-letters/${cause}`)
  }

  it('are in the navigation only when there are any', async () => {
    const { page } = onDesk
    await page.goto(`${baton.origin}/runs`)
    await page.getByText('No run yet').waitFor()
    expect(await entry(page).count()).toBe(0)
    await page.goto(`${baton.origin}/dead-letters`)
    await page.getByText('No dead letters').waitFor()
  })

  it.each([2, 30])('of five causes with %i runs each are sent on their way, cause by cause', async (count) => {
    const nodes = words(5)
    const { page } = onDesk
    for (const id of nodes) await failAt(id, count)
    for (const id of nodes)
      await card(page, id)
        .getByRole('button', { name: `${count} runs` })
        .waitFor()
    const { items } = await api.get<{ items: { count: number }[] }>('/dead-letters?limit=200')
    const all = items.reduce((sum, group) => sum + group.count, 0)
    expect(all).toBeGreaterThanOrEqual(count * 5)
    await expect.poll(() => entry(page).textContent(), slow).toBe(`${all}Dead letters`)
    await look(page, `dead-letters-${count}`)

    const [mended = '', single = '', left = '', ...dismissed] = nodes
    down.delete(`/${mended}`)
    await card(page, mended)
      .getByRole('button', { name: `Retry all ${count}` })
      .click()
    await page.getByText(`${count} runs go on.`).waitFor()
    await card(page, mended).waitFor({ state: 'detached' })

    down.delete(`/${single}`)
    await card(page, single)
      .getByRole('button', { name: `${count} runs` })
      .click()
    expect(page.url()).toContain('cause=')
    await card(page, single).getByRole('button', { name: 'Retry', exact: true }).first().click()
    await card(page, single)
      .getByText(count === 2 ? '1 run' : `${count - 1} runs`, { exact: true })
      .waitFor()
    await look(page, `dead-letters-open-${count}`)

    for (const id of dismissed) {
      await card(page, id).getByRole('button', { name: 'Take off the list' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Take off the list' }).click()
      await card(page, id).waitFor({ state: 'detached' })
    }
    // What is still broken comes back under the same cause.
    await card(page, left)
      .getByRole('button', { name: `Retry all ${count}` })
      .click()
    await page.getByText(`${count} runs go on.`).last().waitFor()
    await card(page, left)
      .getByRole('button', { name: `${count} runs` })
      .waitFor()
  })

  it('can be read and retried on a phone', async () => {
    const { page } = onPhone
    await page.goto(`${baton.origin}/dead-letters`)
    await page.getByRole('article').first().waitFor()
    await look(page, 'dead-letters-phone')
    await page.getByRole('button', { name: 'More' }).click()
    await entry(page).last().waitFor()
    await page.keyboard.press('Escape')
  })

  it('of two causes are all sent on their way, and the list is empty then on every screen that shows it', async () => {
    await nothingDead()
    const counts = new Map(words(2).map((id) => [id, number(2, 9)]))
    const { page } = onDesk
    for (const visit of [onDesk, onPhone]) {
      await visit.page.goto(`${baton.origin}/dead-letters`)
      await visit.page.getByText('No dead letters').waitFor()
    }
    const runs: string[] = []
    for (const [id, count] of counts) runs.push(...(await failAt(id, count)))
    for (const [id, count] of counts)
      for (const visit of [onDesk, onPhone])
        await card(visit.page, id)
          .getByRole('button', { name: `Retry all ${count}` })
          .waitFor()
    expect(await page.getByRole('article').count()).toBe(2)
    await expect.poll(() => entry(page).textContent(), slow).toBe(`${runs.length}Dead letters`)

    down.clear()
    for (const [id, count] of counts)
      await card(page, id)
        .getByRole('button', { name: `Retry all ${count}` })
        .click()
    for (const visit of [onDesk, onPhone]) {
      await visit.page.getByText('No dead letters').waitFor()
      expect(await visit.page.getByRole('article').count()).toBe(0)
    }
    // The place stays in the navigation as long as one is there.
    await expect.poll(() => entry(page).textContent(), slow).toBe('Dead letters')
    await page.getByRole('link', { name: 'See the runs' }).click()
    await entry(page).waitFor({ state: 'detached' })
    for (const run of runs) expect((await api.untilStatus(run, 'completed')).output).toBe('went')
  })

  it('are gone through, opened and retried without a mouse', async () => {
    await nothingDead()
    const { page } = onDesk
    const [older = '', newer = ''] = words(2)
    for (const id of [older, newer]) await failAt(id, 3)
    await page.goto(`${baton.origin}/dead-letters`)
    for (const id of [older, newer]) await card(page, id).waitFor()
    const focused = (id: string, name: string | RegExp) =>
      expect.poll(() => card(page, id).getByRole('button', { name }).evaluate(isFocused)).toBe(true)

    // The latest one comes first.
    await page.keyboard.press('j')
    await focused(newer, '3 runs')
    await page.keyboard.press('ArrowDown')
    await focused(older, '3 runs')
    await page.keyboard.press('k')
    await focused(newer, '3 runs')
    await page.keyboard.press('Enter')
    await card(page, newer).getByRole('listitem').first().waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('li')?.textContent)).toContain(`Calls ${newer}`)
    await look(page, 'dead-letters-keyboard')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await card(page, newer).getByRole('listitem').first().waitFor({ state: 'detached' })

    down.clear()
    await page.keyboard.press('Shift+Tab')
    await focused(newer, 'Take off the list')
    await page.keyboard.press('Shift+Tab')
    await focused(newer, 'Retry all 3')
    await page.keyboard.press('Enter')
    await card(page, newer).waitFor({ state: 'detached' })
    // What had the focus is gone; the same keys go on with what is left.
    await page.keyboard.press('j')
    await focused(older, '3 runs')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await page.getByText('No dead letters').waitFor()
  })
})

const isFocused = (element: Element) => element === document.activeElement

it('the page of dead letters does not complain to the console', () => {
  expect([...onDesk.faults, ...onPhone.faults]).toEqual([])
})

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openApi } from './testing/api'
import { type RunningBaton, startBaton } from './testing/baton'
import { openBrowser } from './testing/browser'
import { word } from './testing/chance'
import { field } from './testing/graph'
import { desk, look, openPage, phone, printedLink, signIn, type Visit } from './testing/visit'
import { type Asked, askingGraph, waitingRuns } from './testing/waiting'

describe('the inbox of approvals', () => {
  let baton: RunningBaton
  let api: Api
  let browser: Browser
  let first: Visit
  let second: Visit
  let small: Visit
  let workflow: string

  beforeAll(async () => {
    baton = await startBaton()
    api = await openApi(baton)
    browser = await openBrowser()
    first = await openPage(browser, desk)
    second = await openPage(browser, { ...desk, colorScheme: 'dark' })
    small = await openPage(browser, phone)
    await signIn(first.page, printedLink(baton))
    for (const visit of [second, small]) await visit.context.addCookies(await first.context.cookies())
    workflow = await api.workflow(askingGraph(word('Flow ')))
  })
  afterAll(async () => {
    await browser?.close()
    await baton?.stop()
  })

  const inbox = (page: Page, at = '') => page.goto(`${baton.origin}/approvals${at}`)
  const rows = (page: Page) => page.locator('main a[data-row]')
  const row = (page: Page, { title }: Asked) => rows(page).filter({ hasText: title })
  const detail = (page: Page, { title }: Asked) => page.getByRole('article', { name: title })
  const badge = (page: Page) => page.getByRole('navigation').getByRole('link', { name: /Approvals/ })

  it('says what to do while it is empty, and fills by itself', async () => {
    const { page } = first
    await inbox(page)
    await page.getByText('Nothing waits for you').waitFor()
    await look(page, 'approvals-empty')
    const asked = await waitingRuns(api, workflow, 3)
    for (const one of asked) await row(page, one).waitFor()
    expect(await rows(page).count()).toBe(3)
    await expect.poll(() => badge(page).textContent()).toMatch(/^3/)
    await look(page, 'approvals')
  })

  it('takes a decision with comment and fields, after what is missing was filled in', async () => {
    const { page } = first
    const tone = word()
    const asking = askingGraph(word('Fields '), {
      timeoutSeconds: 7_200,
      onTimeout: 'reject',
      fields: [field('tone', 'choice', { choices: [tone, 'other'], required: true })],
    })
    const [asked] = await waitingRuns(api, await api.workflow(asking), 1)
    if (!asked) throw new Error('nothing waits')
    await row(page, asked).click()
    expect(page.url()).toContain(`at=${asked.id}%2Fgate`)
    const form = detail(page, asked)
    await form.getByRole('button', { name: 'Approve' }).click()
    await form.getByText('Fill this in.').waitFor()
    await form.getByLabel('Tone').selectOption(tone)
    await form.getByLabel('Comment').fill('Well done.')
    await look(page, 'approvals-form')
    await form.getByRole('button', { name: 'Approve' }).click()
    await row(page, asked).waitFor({ state: 'detached' })
    await detail(page, asked).waitFor({ state: 'detached' })
    expect((await api.untilStatus(asked.id, 'completed')).output).toBe(`approved Well done. ${tone}`)
  })

  it('tells the second of two people who was faster, and keeps what was typed', async () => {
    const [asked, refused] = await waitingRuns(api, workflow, 2)
    if (!asked || !refused) throw new Error('nothing waits')
    for (const { page } of [first, second]) {
      await inbox(page, `?at=${asked.id}/gate`)
      await detail(page, asked).getByLabel('Comment').fill('Half a thou')
    }
    await detail(first.page, asked).getByRole('button', { name: 'Approve' }).click()
    await row(first.page, asked).waitFor({ state: 'detached' })
    const lost = detail(second.page, asked)
    await lost.getByText(/ approved this$/).waitFor()
    await row(second.page, asked).waitFor({ state: 'detached' })
    expect(await lost.getByLabel('Comment').inputValue()).toBe('Half a thou')
    expect(await lost.getByRole('button', { name: 'Approve' }).count()).toBe(0)
    await look(second.page, 'approvals-decided-dark')

    // The same when both press at the same time: the program is faster than the page can hear of it.
    await inbox(second.page, `?at=${refused.id}/gate`)
    const form = detail(second.page, refused)
    await form.getByRole('button', { name: 'Reject' }).waitFor()
    await second.context.setOffline(true)
    await api.post(`/runs/${refused.id}/approvals/gate`, { decision: 'approved', comment: 'First.' })
    await second.context.setOffline(false)
    await form.getByText(/ approved this$/).waitFor()
    await form.getByText('First.').waitFor()
  })

  it.each([3, 60])('is worked off by keyboard: down, up, Enter and decide (%i wait)', async (count) => {
    const { page } = first
    const name = word('Keys ')
    const asked = await waitingRuns(api, await api.workflow(askingGraph(name)), count)
    await inbox(page, `?at=${asked[0]?.id}/gate`)
    await rows(page).first().waitFor()
    while ((await page.getByRole('button', { name: 'Show more' }).count()) > 0) {
      const before = await rows(page).count()
      await page.getByRole('button', { name: 'Show more' }).click()
      await expect.poll(() => rows(page).count()).toBeGreaterThan(before)
    }
    const [one, two] = asked
    if (!one || !two) throw new Error('nothing waits')
    await detail(page, one).waitFor()
    await page.keyboard.press('j')
    await detail(page, two).waitFor()
    await page.keyboard.press('ArrowUp')
    await detail(page, one).waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.type('jjk')
    const comment = detail(page, one).getByLabel('Comment')
    expect(await comment.inputValue()).toBe('jjk')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    // The next one is open at once.
    await detail(page, two).waitFor()
    expect((await api.untilStatus(one.id, 'completed')).output).toContain('approved jjk')
    for (const { id } of asked.slice(1)) await api.post(`/runs/${id}/cancel`)
    await expect.poll(() => rows(page).filter({ hasText: name }).count(), { timeout: 10_000 }).toBe(0)
  })

  it('shows more when that was wanted, although something else is asked meanwhile', async () => {
    const { page } = first
    const waiting = await waitingRuns(api, workflow, 52)
    await inbox(page)
    await expect.poll(() => rows(page).count()).toBe(50)
    const held: (() => void)[] = []
    await page.route(/approvals\.list.*cursor/, async (route) => {
      await new Promise<void>((resolve) => held.push(resolve))
      await route.continue()
    })
    await page.getByRole('button', { name: 'Show more' }).click()
    await expect.poll(() => held.length).toBe(1)
    const before = await badge(page).textContent()
    const [late] = await waitingRuns(api, workflow, 1)
    await expect.poll(() => badge(page).textContent()).not.toBe(before)
    for (const go of held.splice(0)) go()
    await page.unrouteAll({ behavior: 'wait' })
    if (!late) throw new Error('nothing waits')
    await row(page, late).waitFor()
    for (const { id } of [...waiting, late]) await api.post(`/runs/${id}/cancel`)
    await expect.poll(() => rows(page).count()).toBeLessThan(50)
  })

  it('shows one thing after the other on a phone', async () => {
    const { page } = small
    const [asked] = await waitingRuns(api, workflow, 1)
    if (!asked) throw new Error('nothing waits')
    await inbox(page)
    await row(page, asked).waitFor()
    await look(page, 'approvals-phone')
    await row(page, asked).click()
    await detail(page, asked).getByRole('button', { name: 'Reject' }).waitFor()
    await look(page, 'approval-phone')
    await page.goBack()
    await row(page, asked).click()
    await detail(page, asked).getByRole('button', { name: 'Reject' }).click()
    await page.getByRole('heading', { name: 'Approvals' }).waitFor()
    await row(page, asked).waitFor({ state: 'detached' })
    await api.untilStatus(asked.id, 'completed')
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('link', { name: 'Secrets' }).waitFor()
    await look(page, 'nav-more-phone')
    await page.keyboard.press('Escape')
  })

  it('says so when nothing was asked where a link leads', async () => {
    const { page } = second
    second.faults.splice(0)
    await inbox(page, `?at=${crypto.randomUUID()}/gate`)
    await page.getByText('Nothing was asked here').waitFor()
    second.faults.splice(0)
  })

  it('never complains to the console', () => {
    expect([...first.faults, ...second.faults, ...small.faults]).toEqual([])
  })
})

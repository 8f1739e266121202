import { rmSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isJsonObject } from '@/engine/json'
import { type ModelServer, type Script, startModelServer } from '@/server/models/testing/model-server'
import { freshFolder, startWithOwnDatabase } from './testing/baton'
import { openBrowser } from './testing/browser'
import { words } from './testing/chance'
import { desk, look, openPage, signIn, streamedWords, type Visit } from './testing/visit'

type Own = Awaited<ReturnType<typeof startWithOwnDatabase>>

const patient = { timeout: 60_000 }
const said = words(60).join(' ')

/** Answers slowly enough to be watched, and grades when it is asked for a grade. */
const slowly: Script = ({ body }) =>
  isJsonObject(body.response_format)
    ? { kind: 'json', value: { score: 0.9, reason: 'The numbers hold.' } }
    : { kind: 'text', text: said, firstTokenMs: 200, perTokenMs: 80 }

describe('from an empty data folder to a colleague without an account', () => {
  const folder = freshFolder()
  let models: ModelServer
  let baton: Own
  let browser: Browser
  let owner: Visit
  let guest: Visit
  let link: string

  beforeAll(async () => {
    models = await startModelServer({ script: slowly })
    baton = await startWithOwnDatabase(folder, { OPENAI_BASE_URL: models.url, OPENAI_API_KEY: 'sk-test' })
    browser = await openBrowser()
    owner = await openPage(browser, desk)
    guest = await openPage(browser, desk)
  })
  afterAll(async () => {
    await browser?.close()
    await baton?.stop()
    await models?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('a one-time link leads in, a team of the gallery runs, and its words stream', async () => {
    const { page } = owner
    await signIn(page, /http:\S+\/sign-in\?token=\S+/.exec(baton.output())?.[0] ?? '')
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Gallery' }).click()
    await page.getByRole('link', { name: 'Financial research' }).click()
    await page.getByRole('button', { name: 'Use this team' }).click()
    await page.waitForURL(/\/workflows\//)
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const streams = streamedWords(page)
    await page.getByRole('button', { name: 'Run the draft' }).click()
    expect(await streams).toBe(true)
    await page.getByRole('link', { name: 'Open the page of this run' }).click()
    await page.waitForURL(/\/runs\//)
  })

  it('while it still runs, what leaves is looked at, and then there is a link', async () => {
    const { page } = owner
    await page.getByRole('button', { name: 'Share', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Share this run' })
    await dialog.getByText('What came out').waitFor()
    expect((await (await page.request.get(`${baton.origin}/api/v1/shares`)).json()).items).toEqual([])
    await dialog.getByRole('button', { name: 'Make the link' }).click()
    link = (await page.getByRole('dialog', { name: 'The link' }).locator('code').first().textContent()) ?? ''
    expect(link).toMatch(/\/s\/[\w-]{22,}$/)
    await page.getByRole('note').getByText('Only this computer can open it').waitFor()
    await look(page, 'share-link')
    await page.getByRole('button', { name: 'Done', exact: true }).click()
  })

  it('another browser without a session follows it live, and it ends there too', async () => {
    const { page, context } = guest
    await page.goto(link)
    await page.getByRole('heading', { name: 'Financial research' }).waitFor()
    await page.getByText('Running').first().waitFor()
    expect(await streamedWords(page)).toBe(true)
    await look(page, 'share-live')
    await page.getByText('Completed').first().waitFor(patient)
    await owner.page.getByText('Completed').first().waitFor(patient)
    const result = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Result' }) })
    await result.getByText(said.slice(0, 40)).waitFor()
    await look(page, 'share-done')
    const names = (await context.cookies()).map(({ name }) => name)
    expect(names.filter((name) => name.includes('session'))).toEqual([])
  })

  it('is told within a second when the link is taken back, and finds nothing there afterwards', async () => {
    const { page } = owner
    await page.goto(`${baton.origin}/shares`)
    await page.getByRole('list', { name: 'Links' }).getByText('1 view').waitFor()
    await look(page, 'shares')
    await page.getByRole('button', { name: 'Take back the link to Financial research' }).click()
    const gone = told(guest.page)
    await page.getByRole('button', { name: 'Take it back' }).click()
    const pressed = Date.now()
    expect((await gone) - pressed).toBeLessThan(1_000)
    await look(guest.page, 'share-ended')
    await page.getByText('Taken back', { exact: true }).waitFor()
    for (const address of [link, `${link}.json`]) expect((await guest.page.request.get(address)).status()).toBe(404)
    guest.faults.splice(0)
  })

  it('none of these pages complained', () => {
    expect([...owner.faults, ...guest.faults]).toEqual([])
  })
})

/** When the page said so, by the clock of this machine. */
async function told(page: Page): Promise<number> {
  await page.waitForFunction(() => document.body.textContent.includes('no longer shared'), undefined, { polling: 20 })
  return Date.now()
}

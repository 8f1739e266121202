import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningBaton, startBaton } from './testing/baton'
import { openBrowser } from './testing/browser'
import { addWorkflow, empty, middleOf, node, openBuilder, still } from './testing/builder'
import { desk, look, openPage, phone, printedLink, signIn, streamedWords, type Visit } from './testing/visit'

const patient = { timeout: 30_000 }

describe('from an empty workspace', () => {
  let baton: RunningBaton
  let browser: Browser
  let onDesk: Visit
  let onPhone: Visit

  beforeAll(async () => {
    baton = await startBaton()
    browser = await openBrowser()
    onDesk = await openPage(browser, desk)
    onPhone = await openPage(browser, phone)
    await signIn(onDesk.page, printedLink(baton))
    await onPhone.context.addCookies(await onDesk.context.cookies())
  })
  afterAll(async () => {
    await browser?.close()
    await baton?.stop()
  })

  it('home shows a team that is ready to run, others, and how to begin on one’s own', async () => {
    const { page } = onDesk
    await page.getByRole('heading', { name: 'Brief writers' }).waitFor()
    await page.getByRole('link', { name: /See all 21/ }).waitFor()
    expect(await page.getByRole('region', { name: 'Or begin with another team' }).getByRole('listitem').count()).toBe(6)
    expect(await page.getByRole('button', { name: 'New workflow' }).count()).toBe(1)
    expect(await page.getByRole('button', { name: 'Import a workflow' }).count()).toBe(1)
    await look(page, 'first-visit')
    await onPhone.page.goto(baton.origin)
    await onPhone.page.getByRole('heading', { name: 'Brief writers' }).waitFor()
    await look(onPhone.page, 'first-visit-phone')
  })

  it('that team opens, runs with the sample that it brought along, and its words stream', async () => {
    const { page } = onDesk
    await page.getByRole('button', { name: 'Open and run' }).click()
    await page.waitForURL(/\/workflows\//)
    await node(page, 'crew').waitFor()
    expect(await page.getByLabel(/What is the brief about/).inputValue()).toContain('four-day work week')
    expect(new URL(page.url()).search).toBe('')
    const words = streamedWords(page)
    await page.getByRole('button', { name: 'Run the draft' }).click()
    expect(await words).toBe(true)
    await page.getByText('Completed').first().waitFor(patient)
  })

  it('home then shows the workflow with its picture and how its runs went', async () => {
    const { page } = onDesk
    await page.goto(baton.origin)
    const card = page.getByRole('listitem').filter({ has: page.getByRole('img', { name: /^Last/ }) })
    await card.getByRole('img', { name: 'Last 1 run: 1 completed' }).waitFor()
    expect(await card.getByRole('link', { name: 'Brief writers' }).count()).toBe(1)
    expect(await card.locator('svg rect').count()).toBeGreaterThan(10)
    await look(page, 'home')
    await page.getByLabel('Search workflows').fill('nothing like it')
    await page.getByText('No workflow is called like').waitFor()
    await page.getByLabel('Search workflows').fill('brief')
    await card.waitFor()
    await onPhone.page.goto(baton.origin)
    await onPhone.page.getByRole('img', { name: /^Last/ }).waitFor()
    await look(onPhone.page, 'home-phone')
  })

  it('the gallery is searched by keyboard, a team is looked at and used', async () => {
    const { page } = onDesk
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Gallery' }).click()
    await page.getByRole('status').getByText('21 teams').waitFor()
    await look(page, 'gallery')
    await page.getByLabel('Search the gallery').focus()
    await page.keyboard.type('approval')
    const categories = page.getByRole('navigation', { name: 'Categories' })
    await categories.getByRole('button', { name: /^Support/ }).press('Enter')
    await page.getByRole('button', { name: 'Easy' }).press('Enter')
    await page.getByRole('status').getByText('1 of 21').waitFor()
    await page.getByRole('link', { name: 'E-mail with a second look' }).press('Enter')

    await page.getByRole('heading', { name: 'What it needs' }).waitFor()
    await page.getByText('asks for a decision').waitFor()
    await page.locator('.react-flow__node').first().waitFor()
    await look(page, 'preview')
    // Enlarged until its beginning is out of sight; the focus brings that back.
    const before = await viewOf(page)
    for (let times = 0; times < 5; times += 1) {
      await page.getByRole('button', { name: 'Zoom in' }).press('Enter')
      await still(page)
    }
    expect(await viewOf(page)).not.toBe(before)
    expect(await isInView(page, 'start')).toBe(false)
    await node(page, 'start').focus()
    await expect.poll(() => isInView(page, 'start')).toBe(true)

    await page.goBack()
    await page.getByRole('status').getByText('1 of 21').waitFor()
    expect(await page.getByLabel('Search the gallery').inputValue()).toBe('approval')
    await page.goForward()
    await page.getByRole('button', { name: 'Use this team' }).press('Enter')
    await page.waitForURL(/\/workflows\//)
    await page.locator('.react-flow__node').first().waitFor()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('E-mail with a second look')
  })

  it('an empty canvas leads to the gallery, and does not stay behind when a team is taken', async () => {
    const { page } = onDesk
    const id = await addWorkflow(page, baton, { ...empty, name: 'Untitled' })
    await openBuilder(page, baton, id)
    await page.getByRole('button', { name: /Start from a template/ }).click()
    await page.getByRole('link', { name: 'Fact check' }).click()
    await page.getByRole('button', { name: 'Use this team' }).click()
    await page.waitForURL(/\/workflows\//)
    await page.locator('.react-flow__node').first().waitFor()
    const gone = await page.request.get(`${baton.origin}/api/v1/workflows/${id}`)
    expect(gone.status()).toBe(404)
  })

  it('a phone shows the gallery and a preview without scrolling sideways', async () => {
    const { page } = onPhone
    await page.goto(`${baton.origin}/gallery`)
    await page.getByRole('status').getByText('21 teams').waitFor()
    await look(page, 'gallery-phone')
    await page.goto(`${baton.origin}/gallery/market-research`)
    await page.getByText('Copied and published along with it').waitFor()
    await page.locator('.react-flow__node').first().waitFor()
    await look(page, 'preview-phone')
    await page.goto(`${baton.origin}/gallery/nothing`)
    await page.getByText('There is no such template').waitFor()
    onPhone.faults.splice(0)
  })

  it('none of these pages complained', () => {
    expect([...onDesk.faults, ...onPhone.faults]).toEqual([])
  })
})

const viewOf = (page: Page) => page.locator('.react-flow__viewport').evaluate((element) => element.style.transform)

async function isInView(page: Page, id: string): Promise<boolean> {
  const picture = await page.locator('.react-flow').boundingBox()
  const { x, y } = await middleOf(node(page, id))
  if (picture === null) throw new Error('There is no picture of the graph.')
  return x > picture.x && x < picture.x + picture.width && y > picture.y && y < picture.y + picture.height
}

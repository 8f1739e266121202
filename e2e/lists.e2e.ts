import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openApi } from './testing/api'
import { type RunningBaton, startBaton } from './testing/baton'
import { openBrowser } from './testing/browser'
import { drag, middleOf } from './testing/builder'
import { number, word, words } from './testing/chance'
import { chainOf, field, inputOf, outputOf } from './testing/graph'
import { desk, look, openPage, phone, printedLink, signIn, type Visit } from './testing/visit'
import { askingGraph, waitingRuns } from './testing/waiting'

let baton: RunningBaton
let api: Api
let browser: Browser
let onDesk: Visit
let onPhone: Visit

beforeAll(async () => {
  baton = await startBaton()
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
})

/** For what comes by a look at the database, on a machine that is busy. */
const slow = { timeout: 10_000 }

const saying = (name: string) => ({ ...chainOf(inputOf(field('n', 'number')), outputOf('{{ start.n }}')), name })
const runAll = async (workflow: string, count: number) => {
  const runs = Array.from({ length: count }, () =>
    api.post<{ id: string }>(`/workflows/${workflow}/runs`, { input: { n: number() }, wait: 30 }),
  )
  return (await Promise.all(runs)).map(({ body }) => body.id)
}

describe('the list of runs', () => {
  const rows = (page: Page) => page.locator('main tbody tr')

  it('is filtered by states, workflow, time and words, all of it in the address', async () => {
    const { page } = onDesk
    const name = word('Filtered ')
    const id = await api.workflow(askingGraph(name))
    const waiting = await waitingRuns(api, id, 3)
    const [first] = waiting
    await api.post(`/runs/${first?.id}/approvals/gate`, { decision: 'rejected' })
    await api.untilStatus(first?.id ?? '', 'completed')
    await page.goto(`${baton.origin}/runs`)
    await page.getByLabel('Search runs').fill(name.toUpperCase())
    await expect.poll(() => rows(page).count(), slow).toBe(3)
    await page.getByRole('button', { name: 'Waiting' }).click()
    await expect.poll(() => rows(page).count(), slow).toBe(2)
    await page.getByRole('button', { name: 'Completed' }).click()
    await expect.poll(() => rows(page).count(), slow).toBe(3)
    await page.getByLabel('Time').selectOption('24h')
    await page.getByLabel('Search runs').fill('')
    await page.getByRole('button', { name: 'All workflows' }).click()
    await page.getByRole('combobox', { name: 'Search: Workflow' }).fill(name)
    await page.getByRole('option', { name }).click()
    await expect.poll(() => rows(page).count(), slow).toBe(3)
    await look(page, 'runs-filtered')
    const url = new URL(page.url())
    expect(Object.fromEntries(url.searchParams)).toEqual({ status: 'waiting,completed', workflow: id, time: '24h' })

    // The same on another screen, kept up to date there.
    await onPhone.page.goto(url.href)
    await expect.poll(() => rows(onPhone.page).count(), slow).toBe(3)
    await look(onPhone.page, 'runs-filtered-phone')
    await waitingRuns(api, id, 1)
    await expect.poll(() => rows(onPhone.page).count(), slow).toBe(4)

    await page.getByLabel('Time').selectOption('days')
    await page.getByLabel('To', { exact: true }).fill('2001-02-03')
    await page.getByText('No run fits that').waitFor()
    await look(page, 'runs-no-match')
    await page.getByRole('button', { name: 'Show all runs' }).click()
    await rows(page).first().waitFor()
    expect(new URL(page.url()).search).toBe('')
  })

  it('finds a run by the beginning of its id, and leads there and back', async () => {
    const { page } = onDesk
    const [run = ''] = await runAll(await api.workflow(saying(word('Found '))), 3)
    await page.goto(`${baton.origin}/runs`)
    await rows(page).first().waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type(run.slice(0, 28))
    await expect.poll(() => rows(page).count(), slow).toBe(1)
    await rows(page).getByRole('link').click()
    await page.waitForURL(`${baton.origin}/runs/${run}`)
    await page.goBack()
    await expect.poll(() => rows(page).count(), slow).toBe(1)
    expect(await page.getByLabel('Search runs').inputValue()).toBe(run.slice(0, 28))
  })
})

describe('the list of workflows', () => {
  const folders = (page: Page) => page.getByRole('navigation', { name: 'Folders' })
  const cards = (page: Page) => page.locator('main li h2')
  const namesOf = (page: Page) => cards(page).allTextContents()

  it('is kept in folders: by menu, by dragging, and several at once', async () => {
    const { page } = onDesk
    const prefix = word('K')
    const names = words(4).map((name) => `${prefix} ${name}`)
    for (const name of names) await api.workflow(saying(name))
    const [one = '', two = '', three = ''] = names
    const [first, second] = [word('First '), word('Second ')]
    await page.goto(`${baton.origin}/?search=${prefix}&sort=name`)
    await expect.poll(() => namesOf(page), slow).toEqual([...names].sort())

    await page.getByRole('button', { name: `Move ${one} to a folder` }).click()
    await page.getByRole('button', { name: 'New folder…' }).click()
    await page.getByRole('textbox', { name: /^Name/ }).fill(first)
    await page.getByRole('button', { name: 'Make the folder' }).click()
    await page.getByText(`1 workflow moved to ${first}.`).waitFor()
    await folders(page).getByRole('button', { name: 'New folder' }).click()
    await page.getByRole('textbox', { name: /^Name/ }).fill(first)
    await page.getByRole('button', { name: 'Make the folder' }).click()
    await page.getByText(`There is a folder called ${first} already.`).waitFor()
    onDesk.faults.splice(0)
    await page.getByRole('textbox', { name: /^Name/ }).fill(second)
    await page.getByRole('button', { name: 'Make the folder' }).click()
    await page.getByText('No workflow is called like').waitFor()

    await folders(page).getByRole('button', { name: /^All/ }).click()
    for (const name of [two, three]) await page.getByLabel(`Choose ${name}`).check()
    await look(page, 'workflows-chosen')
    const target = folders(page).getByRole('button', { name: new RegExp(`^${second}`) })
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: two }) })
    await drag(page, await middleOf(card.locator('svg').first()), await middleOf(target))
    await page.getByText(`2 workflows moved to ${second}.`).waitFor()
    await target.click()
    await expect.poll(() => namesOf(page), slow).toEqual([two, three].sort())
    expect(page.url()).toContain('folder=')
    await look(page, 'workflows-folder')

    await page.getByLabel(`Choose ${two}`).check()
    await page.getByRole('toolbar').getByRole('button', { name: 'Move', exact: true }).click()
    await page.getByRole('button', { name: 'Into no folder' }).click()
    await expect.poll(() => namesOf(page), slow).toEqual([three])

    const renamed = word('Renamed ')
    await folders(page)
      .getByRole('button', { name: `Menu of ${second}` })
      .click()
    await page.getByRole('button', { name: 'Rename' }).click()
    await page.getByRole('textbox', { name: /^Name/ }).fill(renamed)
    await page.getByRole('button', { name: 'Rename', exact: true }).click()
    await folders(page)
      .getByRole('button', { name: new RegExp(`^${renamed}`) })
      .waitFor()
    await folders(page)
      .getByRole('button', { name: `Menu of ${renamed}` })
      .click()
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText(`The folder ${renamed} is deleted.`).waitFor()
    await expect.poll(() => namesOf(page), slow).toEqual([...names].sort())
    await onPhone.page.goto(page.url())
    await folders(onPhone.page).waitFor()
    await look(onPhone.page, 'workflows-folders-phone')
  })

  it('is sorted, and gone through by keyboard', async () => {
    const { page } = onDesk
    const prefix = word('S')
    const names = words(3).map((name) => `${prefix} ${name}`)
    const ids: string[] = []
    for (const name of names) ids.push(await api.workflow(saying(name)))
    await runAll(ids[1] ?? '', 2)
    await page.goto(`${baton.origin}/?search=${prefix}`)
    await expect.poll(() => namesOf(page), slow).toEqual([...names].reverse())
    await page.getByLabel('Sort by').selectOption('run')
    await expect.poll(async () => (await namesOf(page))[0], slow).toBe(names[1])
    await page.getByRole('img', { name: 'Last 2 runs: 2 completed' }).waitFor()
    await page.getByLabel('Sort by').selectOption('name')
    await expect.poll(() => namesOf(page), slow).toEqual([...names].sort())
    expect(page.url()).toContain('sort=name')
    const sorted = [...names].sort()
    await page.getByLabel('Sort by').blur()
    for (const key of ['j', 'j', 'ArrowDown', 'k', 'x']) await page.keyboard.press(key)
    await page.getByRole('toolbar').getByText('1 chosen').waitFor()
    expect(await page.getByLabel(`Choose ${sorted[1]}`).isChecked()).toBe(true)
    await page.keyboard.press('Escape')
    await page.getByRole('toolbar').waitFor({ state: 'detached' })
    await page.keyboard.press('Enter')
    await page.waitForURL(`${baton.origin}/workflows/${ids[names.indexOf(sorted[1] ?? '')]}`)
  })

  it('keeps what is looked for to itself: no other page takes it over', async () => {
    const { page } = onDesk
    await page.goto(`${baton.origin}/?search=${word()}&sort=name`)
    await page.getByText('No workflow is called like').waitFor()
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click()
    await page.locator('main tbody tr').first().waitFor()
    expect(await page.getByLabel('Search runs').inputValue()).toBe('')
    expect(new URL(page.url()).search).toBe('')
  })

  it('and every other page lead anywhere with Ctrl K', async () => {
    const { page } = onDesk
    const name = word('Far away ')
    const id = await api.workflow(saying(name))
    await page.goto(`${baton.origin}/keys`)
    await page.getByText('No key yet').or(page.getByText('e2e owner')).first().waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Commands' }).fill(name)
    await page.getByRole('option', { name }).waitFor()
    await look(page, 'commands')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${baton.origin}/workflows/${id}`)
    await page.goto(`${baton.origin}/runs`)
    await page.getByRole('button', { name: 'Go to…' }).click()
    await page.getByRole('combobox', { name: 'Commands' }).fill('appro')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Approvals' }).waitFor()
  })
})

it('none of these pages complains to the console', () => {
  expect([...onDesk.faults, ...onPhone.faults]).toEqual([])
})

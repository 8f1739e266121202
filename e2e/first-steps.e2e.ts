import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ModelServer, startModelServer } from '@/server/models/testing/model-server'
import { type RunningBaton, startBaton } from './testing/baton'
import { openBrowser } from './testing/browser'
import { word } from './testing/chance'
import { desk, look, openPage, phone, printedLink, signIn, type Visit } from './testing/visit'

let baton: RunningBaton
let browser: Browser
let onDesk: Visit
let onPhone: Visit
let models: ModelServer

beforeAll(async () => {
  models = await startModelServer({ models: ['tea-large', 'tea-small'] })
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
  await models?.close()
})

describe('a sample run', () => {
  it('is watched in the preview before anything is run, and says that it is one', async () => {
    const { page } = onDesk
    await page.goto(`${baton.origin}/gallery/brief-writers`)
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.getByText('Watch a sample run').click()
    await page.getByText('no model was asked').waitFor()
    const replay = page.getByRole('region', { name: 'Replay' })
    await replay.getByRole('button', { name: 'Pause (space)' }).waitFor()
    await page.locator('.run-running').first().waitFor()
    await look(page, 'sample-run')
    await replay.getByText('max').click()
    await page
      .getByText('The whole run')
      .or(replay.getByRole('button', { name: 'Play (space)' }))
      .first()
      .waitFor()
    await page.getByRole('tab', { name: 'Transcript' }).click()
    await page.getByText('All three point at the handover').first().waitFor()
    await look(page, 'sample-run-end')
    expect(asked.filter((url) => url.includes('templates.sample'))).toHaveLength(1)
    const runs = await page.request.get(`${baton.origin}/api/v1/runs`)
    expect(((await runs.json()) as { items: unknown[] }).items).toEqual([])
  })

  it('can be stepped through and opened node by node', async () => {
    const { page } = onDesk
    const replay = page.getByRole('region', { name: 'Replay' })
    await replay.getByRole('button', { name: 'One event back' }).click()
    await page.getByRole('complementary', { name: 'Details' }).getByText('Sceptic').first().click()
    await page.getByText('We lose a fifth of our cover').first().waitFor()
    await look(page, 'sample-run-node')
  })

  it('is there on a phone', async () => {
    const { page } = onPhone
    await page.goto(`${baton.origin}/gallery/software-crew`)
    await page.getByText('Watch a sample run').click()
    await page.getByRole('region', { name: 'Replay' }).waitFor()
    await look(page, 'sample-run-phone')
  })
})

describe('connecting a model', () => {
  const open = async (page: Page) => {
    await page.goto(`${baton.origin}/connections`)
    await page.getByRole('button', { name: 'Connect a model' }).click()
    return page.getByRole('dialog')
  }

  it('begins with who answers, which fills in the address', async () => {
    const dialog = await open(onDesk.page)
    await dialog.getByLabel('Who answers').selectOption('Ollama')
    expect(await dialog.getByLabel('Address').inputValue()).toBe('http://localhost:11434/v1')
    expect(await dialog.getByLabel('Name').inputValue()).toBe('Ollama')
    await look(onDesk.page, 'connect-a-model')
  })

  it('is tried out before it is stored: what is wrong is said, and mended with one press', async () => {
    const { page } = onDesk
    const dialog = await open(page)
    const name = word('peer')
    await dialog.getByLabel('Name').fill(name)
    await dialog.getByLabel('Address').fill(models.url.replace('http:', 'https:'))
    await dialog.getByRole('button', { name: 'Test connection' }).click()
    await dialog.getByText('does not speak TLS').waitFor()
    await look(page, 'connection-wrong')
    await dialog.getByRole('button', { name: 'Use that address' }).click()
    expect(await dialog.getByLabel('Address').inputValue()).toBe(models.url)
    await dialog.getByRole('button', { name: 'Test connection' }).click()
    await dialog.getByText('It works').waitFor()
    await look(page, 'connection-right')
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: `Test ${name}` }).click()
    await page.getByText('It works').waitFor()
    await look(page, 'connections-tested')
  })

  it('says on a phone too what is wrong', async () => {
    const { page } = onPhone
    const dialog = await open(page)
    await dialog.getByLabel('Address').fill('http://127.0.0.1:9/v1')
    await dialog.getByRole('button', { name: 'Test connection' }).click()
    await dialog.getByText('Nothing listens at 127.0.0.1:9').waitFor()
    await look(page, 'connection-phone')
  })
})

describe('these pages', () => {
  it('complained about nothing', () => {
    expect([...onDesk.faults, ...onPhone.faults]).toEqual([])
  })
})

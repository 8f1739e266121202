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

describe('the tour', () => {
  const card = (page: Page, step: number) => page.getByRole('dialog', { name: new RegExp(`Tour, ${step} of 3`) })
  const takeTeam = async (page: Page, id: string) => {
    await page.goto(`${baton.origin}/gallery/${id}`)
    await page.getByRole('button', { name: 'Use this team' }).click()
    await page.waitForURL(/\/workflows\//)
  }

  it('explains the first team in three steps, by keyboard, and covers nothing that it explains', async () => {
    const { page } = onDesk
    await takeTeam(page, 'brief-writers')
    const targets = ['.react-flow__node-box', '[data-tour=run]', '[data-tour=runs]']
    for (const [index, target] of targets.entries()) {
      await card(page, index + 1).waitFor()
      const explained = page.locator(target).first()
      // The canvas may still be moving into place.
      await expect
        .poll(async () => isApart(await card(page, index + 1).boundingBox(), await explained.boundingBox()))
        .toBe(true)
      await look(page, `tour-${index + 1}`)
      await page.keyboard.press('Enter')
    }
    await card(page, 3).waitFor({ state: 'detached' })
  })

  it('never comes back by itself, and is found under help', async () => {
    const { page } = onDesk
    await takeTeam(page, 'fact-check')
    await page.locator('.react-flow__node').first().waitFor()
    await page.getByRole('button', { name: 'More and help' }).click()
    expect(await card(page, 1).count()).toBe(0)
    await page.getByRole('button', { name: 'Take the tour' }).click()
    await card(page, 1).waitFor()
    await page.keyboard.press('Escape')
    await card(page, 1).waitFor({ state: 'detached' })
  })
})

describe('a template of one’s own', () => {
  it('is saved from the builder, stands under Yours, is changed, used, exported, imported and deleted', async () => {
    const { page } = onDesk
    const name = word('Tea team ')
    await page.getByRole('button', { name: 'More and help' }).click()
    await page.getByRole('button', { name: 'Save as a template' }).click()
    const dialog = page.getByRole('dialog', { name: 'Save as a template' })
    await dialog.getByLabel('Name').fill(name)
    await dialog.getByLabel('What it is, in one sentence').fill('Checks what is said about tea.')
    await dialog.getByLabel('Category').fill('content')
    await look(page, 'save-as-template')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.goto(`${baton.origin}/gallery`)
    await page.getByRole('button', { name: /^Yours/ }).click()
    await page.getByRole('status').getByText('1 of 22').waitFor()
    await look(page, 'gallery-yours')
    await page.getByRole('link', { name }).click()
    await page.getByRole('button', { name: 'Change what is said about it' }).click()
    const change = page.getByRole('dialog', { name: `Change ${name}` })
    await change.getByLabel('Name').fill(`${name} two`)
    await change.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: `${name} two` }).waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export as a file' }).click(),
    ])
    const path = await file.path()
    await look(page, 'template-of-ones-own')
    await page.getByRole('button', { name: 'Delete this template' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.waitForURL(/\/gallery$/)
    await page.getByRole('status').getByText('21 teams').waitFor()
    await page.getByRole('button', { name: 'Import a template' }).click()
    await page.getByLabel('Choose a file').setInputFiles(path)
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByRole('heading', { name: `${name} two` }).waitFor()
    await page.getByRole('button', { name: 'Use this team' }).click()
    await page.waitForURL(/\/workflows\//)
    await page.locator('.react-flow__node').first().waitFor()
  })
})

describe('without a model', () => {
  it('home says calmly that words are simulated, and leads to the form that connects one', async () => {
    const fresh = await startBaton()
    const visit = await openPage(browser, desk)
    await signIn(visit.page, printedLink(fresh))
    await visit.page.goto(`${fresh.origin}/gallery/meeting-actions`)
    await visit.page.getByRole('button', { name: 'Use this team' }).click()
    await visit.page.waitForURL(/\/workflows\//)
    await visit.page.goto(fresh.origin)
    await visit.page.getByText('No model is connected').waitFor()
    await look(visit.page, 'home-simulated')
    await visit.page.getByRole('link', { name: /Connect Ollama/ }).click()
    await visit.page.getByRole('dialog', { name: 'Connect a model' }).waitFor()
    await visit.close()
    await fresh.stop()
  })
})

describe('these pages', () => {
  it('complained about nothing', () => {
    expect([...onDesk.faults, ...onPhone.faults]).toEqual([])
  })
})

type Box = { x: number; y: number; width: number; height: number } | null

function isApart(a: Box, b: Box): boolean {
  if (a === null || b === null) return false
  return a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
}

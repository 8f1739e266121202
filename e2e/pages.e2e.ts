import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '@/server/project-root'
import { type RunningBaton, startBaton } from './testing/baton'
import { openBrowser } from './testing/browser'
import {
  desk,
  look,
  openPage,
  openRunPage,
  phone,
  printedLink,
  signIn,
  streamedWords,
  type Visit,
} from './testing/visit'

const brief = readFileSync(path.join(projectRoot, 'e2e/testing/brief.yaml'), 'utf8')

describe('the pages', () => {
  let baton: RunningBaton
  let browser: Browser
  let onDesk: Visit
  let onPhone: Visit

  beforeAll(async () => {
    baton = await startBaton()
    browser = await openBrowser()
    onDesk = await openPage(browser, desk)
    onPhone = await openPage(browser, phone)
  })
  afterAll(async () => {
    await browser?.close()
    await baton?.stop()
  })

  it('tell somebody without a session how to get in', async () => {
    const { page } = await openPage(browser, phone)
    await page.goto(baton.origin)
    await page.getByRole('heading', { name: 'Sign in to Baton' }).waitFor()
    expect(await page.getByText('npm run -s baton -- link').count()).toBe(1)
    await look(page, 'signed-out-phone')
    await page.context().close()
  })

  it('let in whoever opens the printed link, once', async () => {
    const link = printedLink(baton)
    await signIn(onDesk.page, link)
    await look(onDesk.page, 'no-workflow')

    await onPhone.page.goto(link)
    await onPhone.page.getByRole('button', { name: 'Sign in' }).click()
    await onPhone.page.getByText('This link was used already').waitFor()
    onPhone.faults.splice(0)
    await onPhone.context.addCookies(await onDesk.context.cookies())
    await onPhone.page.goto(baton.origin)
    await onPhone.page.getByRole('heading', { name: 'Workflows' }).waitFor()
  })

  it('import a workflow, naming what is wrong with it and keeping the text', async () => {
    const { page } = onDesk
    await page.getByRole('button', { name: 'Import a workflow' }).first().click()
    const text = page.getByLabel('The graph, as YAML or JSON')
    await text.fill(brief.replace('instructions: You look for mistakes.', 'instruction: You look for mistakes.'))
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    const complaint = page.getByRole('dialog').getByRole('alert')
    await complaint.waitFor()
    expect(await complaint.textContent()).toContain('instruction')
    await look(page, 'import-problems')
    expect(await text.inputValue()).toContain('instruction: You look')
    onDesk.faults.splice(0)

    await text.fill(brief)
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByRole('heading', { name: 'Tea brief', level: 1 }).waitFor()
    await page.getByText('Writer').waitFor()
    await look(page, 'workflow')
  })

  it('run it, show the words while they come, and the same on a phone that joins in the middle', async () => {
    const { page } = onDesk
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByRole('button', { name: 'Run the draft' }).click()
    await page.getByText('Fill this in.').waitFor()
    await page.getByLabel('Topic').fill('tea')
    const words = streamedWords(page)
    await page.getByRole('button', { name: 'Run the draft' }).click()
    expect(await words).toBe(true)
    await openRunPage(page)
    await look(page, 'run-live')

    await onPhone.page.goto(page.url())
    await onPhone.page.getByRole('heading', { name: 'Publish the brief about tea?' }).waitFor()
    await page.getByRole('heading', { name: 'Publish the brief about tea?' }).waitFor()
    await look(page, 'run-waits')
    await look(onPhone.page, 'run-waits-phone')
  })

  it('take a decision with its fields on the phone, and both screens show the result', async () => {
    const { page } = onPhone
    await page.getByRole('button', { name: 'Approve', exact: true }).click()
    await page.getByText('Fill this in.').waitFor()
    await page.getByLabel('Where').selectOption('letter')
    await page.getByLabel('Comment').fill('Well done.')
    await page.getByRole('button', { name: 'Approve', exact: true }).click()
    for (const screen of [onDesk.page, page]) {
      await screen.getByText('Completed').waitFor()
      await screen.getByText('Published on letter:').first().waitFor()
    }
    await look(page, 'run-done-phone')
    await look(onDesk.page, 'run-done')
  })

  it('show a node with what came out and its steps, by keyboard too', async () => {
    const { page } = onDesk
    await page.getByRole('button', { name: /^Writer/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Came out' }).waitFor()
    const details = page.getByRole('complementary', { name: 'Details' })
    await details.getByRole('tab', { name: /Steps/ }).click()
    await details.getByRole('button', { name: /Model call/ }).press('Enter')
    await look(page, 'run-node')
    await page.getByRole('tab', { name: /Events/ }).click()
    await page.getByText('Run completed').waitFor()
    await look(page, 'run-events')

    await onPhone.page.getByRole('button', { name: /^Writer/ }).click()
    await onPhone.page.getByRole('dialog').getByRole('heading', { name: 'Came out' }).waitFor()
    await look(onPhone.page, 'run-node-phone')
    await onPhone.page.keyboard.press('Escape')
    await expect.poll(() => onPhone.page.getByRole('dialog').count()).toBe(0)
  })

  it('keep the list of runs up to date and cancel a run', async () => {
    const { page } = onDesk
    await onPhone.page.goto(`${baton.origin}/runs`)
    await onPhone.page.getByText('Completed').last().waitFor()
    await page.getByRole('link', { name: 'Tea brief' }).click()
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByLabel('Topic').fill('coffee')
    await page.getByRole('button', { name: 'Run the draft' }).click()
    await openRunPage(page)
    await page.getByRole('button', { name: 'Cancel', exact: true }).click()
    await page.getByText('Cancelled').first().waitFor()
    await onPhone.page.getByRole('cell', { name: 'Cancelled' }).waitFor()
    await look(onPhone.page, 'runs-phone')
    await page.goto(`${baton.origin}/runs`)
    await page.getByRole('cell', { name: 'Cancelled' }).waitFor()
    await look(page, 'runs')
  })

  it('publish a version that runs use from then on', async () => {
    const { page } = onDesk
    await page.goto(baton.origin)
    await page.getByRole('link', { name: 'Tea brief' }).click()
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByLabel('What changed?').fill('First one')
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
    await page.getByText('Version 1 is published.').waitFor()
    await page.getByRole('button', { name: 'Versions' }).click()
    await page.getByText('First one').waitFor()
    await look(page, 'workflow-versions')
    await page.goto(baton.origin)
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByRole('button', { name: 'Run version 1' }).waitFor()
    await page.keyboard.press('Escape')
  })

  it('store a secret and a connection without ever showing the value again', async () => {
    const { page } = onPhone
    await page.goto(`${baton.origin}/secrets`)
    await page.getByRole('button', { name: 'Add a secret' }).click()
    await page.getByLabel('Name').fill('mail_token')
    await page.getByLabel('Value').fill('s3cret-value')
    await page.getByRole('button', { name: 'Store' }).click()
    await page.getByText('mail_token', { exact: true }).waitFor()
    await look(page, 'secrets-phone')

    await page.goto(`${baton.origin}/connections`)
    await page.getByText('No model is connected').waitFor()
    await page.getByRole('button', { name: 'Connect a model' }).click()
    await page.getByLabel('Name').fill('local')
    await page.getByLabel('Address').fill('http://127.0.0.1:11434/v1')
    await page.getByLabel('Key').fill('s3cret-key')
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('button', { name: 'Change local' }).click()
    await page.getByText('A key is stored.').waitFor()
    await look(page, 'connection-phone')
    expect(await page.content()).not.toMatch(/s3cret/)
  })

  it('sign out, after which nothing is shown any more', async () => {
    const { page } = onPhone
    await page.goto(`${baton.origin}/keys`)
    await page.getByText('No key yet').waitFor()
    await look(page, 'keys-phone')
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await look(page, 'more-phone')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in to Baton' }).waitFor()
    onPhone.faults.splice(0)
    await page.goto(`${baton.origin}/runs`)
    await page.getByRole('heading', { name: 'Sign in to Baton' }).waitFor()
    onPhone.faults.splice(0)
  })

  it('never complain to the console', () => {
    expect([...onDesk.faults, ...onPhone.faults]).toEqual([])
  })
})

import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { projectRoot } from '@/server/project-root'
import type { RunningBaton } from './baton'

export type Screen = { width: number; height: number; colorScheme: 'light' | 'dark' }
export const desk: Screen = { width: 1440, height: 900, colorScheme: 'light' }
export const phone: Screen = { width: 390, height: 844, colorScheme: 'dark' }

export type Visit = { page: Page; context: BrowserContext; faults: string[]; close: () => Promise<void> }

const pictures = path.join(projectRoot, 'test-results', 'pictures')

/** A browser of its own. What the page complains about is kept, because a page that works does not complain. */
export async function openPage(browser: Browser, { width, height, colorScheme }: Screen): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  return { page, context, faults, close: () => context.close() }
}

/** The link that the server printed, used the way a person does: open it, press the button. */
export async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Workflows' }).waitFor()
}

export function printedLink(baton: Pick<RunningBaton, 'output'>): string {
  const link = /http:\S+\/sign-in\?token=\S+/.exec(baton.output())?.[0]
  if (link === undefined) throw new Error(`No sign-in link was printed:\n${baton.output()}`)
  return link
}

/** Keeps a picture to look at, and makes sure that nothing sticks out at the side. */
export async function look(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true })
  // Only what moves for ever (a spinner) may still move.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState === 'finished' || effect?.getTiming().iterations === Number.POSITIVE_INFINITY,
      ),
  )
  await page.screenshot({ path: path.join(pictures, `${name}.png`) })
  const overhang = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('dialog[open]')].reduce(
      (most, { scrollWidth, clientWidth }) => Math.max(most, scrollWidth - clientWidth),
      0,
    ),
  )
  expect(overhang, `${name} is wider than the screen`).toBeLessThanOrEqual(0)
}

/** Resolves when the card of an agent shows a text that changes: words on their way, not a result. */
export async function streamedWords(page: Page): Promise<boolean> {
  const words = page.locator('.run-running p:last-child')
  const seen = new Set<string>()
  await expect
    .poll(
      async () => {
        for (const text of await words.allTextContents()) seen.add(text)
        return seen.size
      },
      { interval: 30, timeout: 10_000 },
    )
    .toBeGreaterThan(5)
  return true
}

/** From the dock below the canvas to the page of its own. */
export async function openRunPage(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Open the page of this run' }).click()
  await page.waitForURL(/\/runs\//)
}

import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type RunningBaton, startBaton } from './baton'
import { openBrowser } from './browser'
import { linkIn, signIn } from './builder'

type Builders = {
  baton: RunningBaton & { databaseUrl: string }
  browser: Browser
  /** Signed in; its context is that of every other page. */
  first: Page
}

/** A server and a browser with somebody who is signed in, for all tests of a file. Read from it in tests only. */
export function startBuilders(): Readonly<Builders> {
  const held = {} as Builders
  beforeAll(async () => {
    held.baton = await startBaton()
    held.browser = await openBrowser()
    held.first = await signIn(held.browser, held.baton, linkIn(held.baton.output()))
  })
  afterAll(async () => {
    await held.browser?.close()
    await held.baton?.stop()
  })
  return held
}

/** A fresh page for each test; `take` is told of it. */
export function freshPages(builders: Readonly<Builders>, take: (page: Page) => void): void {
  let page: Page | null = null
  beforeEach(async () => {
    page = await builders.first.context().newPage()
    take(page)
  })
  afterEach(async () => {
    await page?.close()
  })
}

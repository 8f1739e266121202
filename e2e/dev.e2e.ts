import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '@/server/db/embedded/postmaster'
import { until } from '@/server/db/embedded/process'
import { freshDatabase } from '@/server/db/testing/fresh-database'
import { projectRoot } from '@/server/project-root'
import { freshFolder, stopBaton } from './testing/baton'
import { openBrowser } from './testing/browser'
import { word } from './testing/chance'
import { chainOf, field, inputOf, node, outputOf } from './testing/graph'
import { desk, openPage, phone, printedLink } from './testing/visit'
import { watchPages } from './testing/watchful'

describe('while it is developed', () => {
  let child: ChildProcess
  let ended: Promise<number | null>
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let browser: Browser
  let origin: string
  let output = ''
  const folder = freshFolder()

  beforeAll(async () => {
    database = await freshDatabase()
    const port = await freePort()
    origin = `http://127.0.0.1:${port}`
    child = spawn(path.join(projectRoot, 'node_modules/.bin/node'), [path.join(projectRoot, 'scripts/dev.mjs')], {
      env: {
        NODE_ENV: 'development',
        PATH: process.env.PATH,
        PORT: String(port),
        BATON_DATA_DIR: folder,
        DATABASE_URL: database.url,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
    ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    browser = await openBrowser()
    expect(await until(() => output.includes('listens on'), 60_000), output).toBe(true)
  })
  afterAll(async () => {
    await browser?.close()
    expect(await stopBaton({ child, output: () => output, ended })).toBe(0)
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('the pages come to life under their policy, with the reloading of Next', async () => {
    const context = await browser.newContext()
    const watch = await watchPages(context, origin)
    const page = await context.newPage()
    const reloads = page.waitForEvent('websocket', { predicate: (socket) => socket.url().includes('/_next/') })
    const answer = await page.goto(origin, { timeout: 90_000 })
    expect(answer?.headers()['content-security-policy']).toMatch(/script-src 'self' 'nonce-\S+' 'unsafe-eval';/)
    await page.getByRole('heading', { name: 'Sign in to Baton' }).waitFor({ timeout: 60_000 })
    await reloads
    expect(watch).toEqual({ violations: [], popups: [], strangers: [] })
  }, 240_000)

  // React compares what the server drew with the first drawing in the browser only while it is developed.
  it('a link to a moment and a node of a run is drawn by the server as by the browser, on every screen', async () => {
    const { page, context, close } = await openPage(browser, desk)
    await page.goto(printedLink({ output: () => output }))
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Workflows' }).waitFor({ timeout: 90_000 })
    const title = word('Said ')
    const graph = chainOf(
      inputOf(field('n')),
      { ...node('say', 'transform', { template: 'x' }), name: title },
      outputOf(1),
    )
    const begun = await page.request.post(`${origin}/api/v1/runs`, {
      data: { graph, input: { n: word() }, wait: 30 },
      headers: { origin },
    })
    const { id } = (await begun.json()) as { id: string }
    for (const screen of [desk, phone]) {
      const other = await openPage(browser, screen)
      await other.context.addCookies(await context.cookies())
      await other.page.goto(`${origin}/runs/${id}?at=3&node=say`, { timeout: 90_000 })
      await other.page.getByText(/event 3 of \d+$/).waitFor({ timeout: 60_000 })
      await other.page.getByRole('heading', { name: title }).first().waitFor()
      expect(other.faults).toEqual([])
      await other.close()
    }
    await close()
  }, 240_000)
})

import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { freePort } from '@/server/db/embedded/postmaster'
import { until } from '@/server/db/embedded/process'
import { freshDatabase } from '@/server/db/testing/fresh-database'
import { projectRoot } from '@/server/project-root'
import { freshFolder, stopBaton } from './testing/baton'
import { openBrowser } from './testing/browser'
import { watchPages } from './testing/watchful'

it('while it is developed the pages come to life under their policy, with the reloading of Next', async () => {
  const [database, port, folder] = [await freshDatabase(), await freePort(), freshFolder()]
  const child = spawn(path.join(projectRoot, 'node_modules/.bin/node'), [path.join(projectRoot, 'scripts/dev.mjs')], {
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
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  expect(await until(() => output.includes('listens on'), 60_000), output).toBe(true)
  const origin = `http://127.0.0.1:${port}`
  const browser = await openBrowser()
  const context = await browser.newContext()
  const watch = await watchPages(context, origin)
  const page = await context.newPage()
  const reloads = page.waitForEvent('websocket', { predicate: (socket) => socket.url().includes('/_next/') })
  const answer = await page.goto(origin, { timeout: 90_000 })
  expect(answer?.headers()['content-security-policy']).toMatch(/script-src 'self' 'nonce-\S+' 'unsafe-eval';/)
  await page.getByRole('heading', { name: 'Sign in to Baton' }).waitFor({ timeout: 60_000 })
  await reloads
  expect(watch).toEqual({ violations: [], popups: [], strangers: [] })
  await browser.close()
  expect(await stopBaton({ child, output: () => output, ended })).toBe(0)
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
}, 240_000)

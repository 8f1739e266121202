import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '@/server/db/embedded/postmaster'
import { until } from '@/server/db/embedded/process'
import { freshDatabase } from '@/server/db/testing/fresh-database'
import { projectRoot } from '@/server/project-root'

export type RunningBaton = {
  origin: string
  dataDir: string
  /** Everything it has printed so far. */
  output(): string
  stop(): Promise<void>
}

/** The built server (dist/main.mjs), as `npm start` runs it, on a database and a data folder of its own. */
export async function startBaton(settings: Record<string, string> = {}): Promise<RunningBaton> {
  const database = await freshDatabase()
  const dataDir = mkdtempSync(path.join(tmpdir(), 'baton-e2e-'))
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const { OPENAI_API_KEY: _key, OPENAI_BASE_URL: _url, ...inherited } = process.env
  const child = spawn(path.join(projectRoot, 'node_modules/.bin/node'), [path.join(projectRoot, 'dist/main.mjs')], {
    env: {
      ...inherited,
      NODE_ENV: 'production',
      PORT: String(port),
      BATON_DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const ended = once(child, 'exit')
  const answers = () =>
    fetch(`${origin}/api/v1/health`).then(
      (response) => response.ok,
      () => false,
    )
  const ready = await until(async () => child.exitCode !== null || (await answers()), 30_000, 50)
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await ended
    await database.drop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  if (!ready || child.exitCode !== null) {
    child.kill('SIGKILL')
    await stop()
    throw new Error(`Baton did not start:\n${output}`)
  }
  return { origin, dataDir, output: () => output, stop }
}

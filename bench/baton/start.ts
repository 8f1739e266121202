import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Api, createApi } from '@/bench/baton/api'
import { makeKey } from '@/bench/baton/make-key'
import { familyOf } from '@/bench/machine/processes'
import { embeddedUrl, readAddress } from '@/server/db/embedded/address'
import { freePort, recordedPostmaster } from '@/server/db/embedded/postmaster'

const beside = (name: string) => path.join(path.dirname(fileURLToPath(import.meta.url)), name)
/** Bundled, this file may be a chunk one folder further down. */
const dist = (name: string) =>
  path.basename(path.dirname(beside(name))) === 'chunks' ? beside(`../${name}`) : beside(name)

export type Baton = {
  pid: number
  host: string
  port: number
  api: Api
  key: string
  databaseUrl: string
  /** From the start of the process to its first 200, and when that process was started. */
  readyMs: number
  startedAt: number
  /** All its processes, its PostgreSQL's included. */
  family: () => number[]
  postgres: () => number[]
  stop: () => Promise<void>
}

export type BatonSettings = {
  dataDir: string
  env?: Record<string, string>
  nodeOptions?: readonly string[]
  /** One that was made at an earlier start. */
  key?: string
}

/** The built server, started as `npm start` starts it, and ready. */
export async function startBaton({ dataDir, env = {}, nodeOptions = [], key: known }: BatonSettings): Promise<Baton> {
  const host = '127.0.0.1'
  const port = await freePort()
  const settings = settingsFor({ dataDir, port, env })
  const startedAt = performance.now()
  const child = spawn(process.execPath, [...nodeOptions, dist('main.mjs')], {
    env: settings,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-4_000)
  })
  let isOver = false
  const exited = new Promise<void>((resolve) =>
    child.once('exit', () => {
      isOver = true
      resolve()
    }),
  )
  const stop = async () => {
    if (!isOver) child.kill('SIGTERM')
    await exited
  }
  try {
    await firstAnswer(`http://${host}:${port}/api/v1/health`, () => (isOver ? words : null))
    const readyMs = performance.now() - startedAt
    const databaseUrl = env.DATABASE_URL ?? embeddedUrl(dataDir) ?? ''
    const key = known ?? (await makeKey(databaseUrl))
    const pid = child.pid ?? 0
    const postgres = () => familyOf(postmasterOf(dataDir))
    return {
      pid,
      host,
      port,
      key,
      readyMs,
      startedAt,
      api: createApi(`http://${host}:${port}/api/v1`, key),
      databaseUrl,
      postgres,
      family: () => familyOf([pid, ...postmasterOf(dataDir)]),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

type Setting = { dataDir: string; port: number; env: Record<string, string> }

/** Nothing of the caller's settings: a bench that depends on them says nothing. */
function settingsFor({ dataDir, port, env }: Setting): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG } = process.env
  return {
    PATH,
    HOME,
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    ...(LANG === undefined ? {} : { LANG }),
    NODE_ENV: 'production',
    BATON_DATA_DIR: dataDir,
    BATON_LOG_LEVEL: 'warn',
    PORT: String(port),
    ...env,
  }
}

async function firstAnswer(url: string, ended: () => string | null): Promise<void> {
  const deadline = performance.now() + 60_000
  for (;;) {
    const isUp = await fetch(url).then(
      ({ status }) => status === 200,
      () => false,
    )
    if (isUp) return
    const words = ended()
    if (words !== null) throw new Error(`The server ended at its start: ${words}`)
    if (performance.now() > deadline) throw new Error('The server did not answer within 60 s.')
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

function postmasterOf(dataDir: string): number[] {
  const address = readAddress(dataDir)
  const postmaster = address && recordedPostmaster(address.cluster)
  return postmaster ? [postmaster.pid] : []
}

import { type Api, createApi } from '@/bench/baton/api'
import { launch } from '@/bench/baton/launch'
import { makeKey } from '@/bench/baton/make-key'
import { familyOf } from '@/bench/machine/processes'
import { embeddedUrl, readAddress } from '@/server/db/embedded/address'
import { freePort, recordedPostmaster } from '@/server/db/embedded/postmaster'

export type Baton = {
  pid: number
  host: string
  port: number
  api: Api
  key: string
  databaseUrl: string
  startedAt: number
  /** From the start of the process to its first 200. */
  readyMs: number
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
  const startedAt = performance.now()
  const { pid, ended, stop } = launch({ dataDir, env: { PORT: String(port), ...env }, nodeOptions })
  try {
    await firstAnswer(`http://${host}:${port}/api/v1/health`, ended)
    const readyMs = performance.now() - startedAt
    const databaseUrl = env.DATABASE_URL ?? embeddedUrl(dataDir) ?? ''
    const key = known ?? (await makeKey(databaseUrl))
    return {
      pid,
      host,
      port,
      key,
      databaseUrl,
      startedAt,
      readyMs,
      api: createApi(`http://${host}:${port}/api/v1`, key),
      postgres: () => familyOf(postmasterOf(dataDir)),
      family: () => familyOf([pid, ...postmasterOf(dataDir)]),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
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

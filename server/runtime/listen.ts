import type { PoolClient } from 'pg'
import { commandChannel } from './commands-sql'
import type { RuntimeDeps } from './deps'

/** New runs that the process which accepted them has no room for. */
export const workChannel = 'baton_work'

/** Hears notices of the database on a connection of its own, which is made anew whenever it breaks. */
export async function listen(deps: RuntimeDeps, hear: (runId: string) => Promise<void>, works: boolean) {
  let client: PoolClient | null = null
  let stopped = false

  const connect = async () => {
    const fresh = await deps.pool.connect()
    fresh.on('notification', ({ payload }) => {
      if (payload) hear(payload).catch((error) => deps.report(error, { run: payload }))
    })
    fresh.on('error', () => {
      fresh.release(true)
      if (client === fresh) client = null
      void reconnect()
    })
    if (works) await fresh.query(`listen ${commandChannel}; listen ${workChannel}`)
    client = fresh
  }

  const reconnect = async () => {
    for (let wait = 100; !stopped; wait = Math.min(wait * 2, 2_000)) {
      try {
        return await connect()
      } catch {
        await new Promise((resolve) => setTimeout(resolve, wait))
      }
    }
  }

  await connect()
  return {
    alive: () => client !== null,
    stop: async () => {
      stopped = true
      client?.release(true)
    },
  }
}

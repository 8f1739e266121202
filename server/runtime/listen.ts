import type { PoolClient } from 'pg'
import type { RuntimeDeps } from './deps'

/** What is done with a notice, by channel. */
export type Ears = { [channel: string]: (payload: string) => void | Promise<void> }

const askEveryMs = 10_000

/** Hears notices of the database on a connection of its own, which is made anew whenever it breaks. */
export async function listen({ pool, report }: Pick<RuntimeDeps, 'pool' | 'report'>, ears: Ears, onGap: () => void) {
  let client: PoolClient | null = null
  let hangUp = () => {}
  let stopped = false

  const connect = async () => {
    const fresh = await pool.connect()
    let gone = false
    const leave = () => {
      if (!gone) fresh.release(true)
      gone = true
      if (client === fresh) client = null
    }
    const breakOff = () => {
      const wasInUse = client === fresh
      leave()
      if (wasInUse) void reconnect()
    }
    fresh.on('notification', ({ channel, payload }) => {
      const hear = ears[channel]
      if (!hear || payload === undefined) return
      const heard = async () => hear(payload)
      heard().catch((error) => report(error, { channel, payload: payload.slice(0, 100) }))
    })
    fresh.on('error', breakOff)
    fresh.on('end', breakOff)
    try {
      for (const channel of Object.keys(ears)) await fresh.query(`listen ${channel}`)
    } catch (error) {
      breakOff()
      throw error
    }
    if (stopped) return leave()
    client = fresh
    hangUp = leave
  }

  const reconnect = async () => {
    for (let wait = 100; !stopped; wait = Math.min(wait * 2, 2_000)) {
      try {
        await connect()
        return onGap()
      } catch {
        await new Promise((resolve) => setTimeout(resolve, wait))
      }
    }
  }

  // A connection that died without a word looks like one on which nobody says anything.
  const timer = setInterval(() => void client?.query('select 1').catch(() => {}), askEveryMs)

  await connect()
  return {
    alive: () => client !== null,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      hangUp()
    },
  }
}

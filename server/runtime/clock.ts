import type { Pool } from 'pg'

/** The database's time, read without asking it each time: every process agrees, whatever its own clock says. */
export type Clock = { now: () => number; sync: () => Promise<void> }

/** The shortest of a few round trips: the others waited for a connection, or for this process. */
const looks = 3

export async function createClock(pool: Pool): Promise<Clock> {
  let offset = 0
  const sync = async () => {
    let shortest = Number.POSITIVE_INFINITY
    const client = await pool.connect()
    try {
      for (let look = 0; look < looks; look++) {
        const before = performance.now()
        const { rows } = await client.query<{ now: number }>(
          'select extract(epoch from clock_timestamp())::float8 * 1000 as now',
        )
        const after = performance.now()
        if (after - before >= shortest) continue
        shortest = after - before
        offset = (rows[0]?.now ?? 0) - (before + after) / 2
      }
    } finally {
      client.release()
    }
  }
  await sync()
  let latest = 0
  return {
    // Never back: an event is not older than the one before it.
    now: () => {
      latest = Math.max(latest, Math.round(performance.now() + offset))
      return latest
    },
    sync,
  }
}

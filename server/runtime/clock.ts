import type { Pool } from 'pg'

/** The database's time, read without asking it each time: every process agrees, whatever its own clock says. */
export type Clock = { now: () => number; sync: () => Promise<void> }

export async function createClock(pool: Pool): Promise<Clock> {
  let offset = 0
  const sync = async () => {
    const before = performance.now()
    const { rows } = await pool.query<{ now: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as now')
    const after = performance.now()
    offset = (rows[0]?.now ?? 0) - (before + after) / 2
  }
  await sync()
  return { now: () => Math.round(performance.now() + offset), sync }
}

import type { Pool } from 'pg'
import type { PgBoss } from 'pg-boss'
import { catalogue, jobNames } from './catalogue'
import { bossOptions } from './options'

export const schema = 'pgboss'

/** Any number that all Batons on one database agree on. */
const lock = 7_226_002

/** Starts pg-boss and makes its tables and queues. Processes that start together take turns. */
export async function install(boss: PgBoss, pool: Pool, schedules: boolean): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lock])
    await boss.start()
    for (const name of jobNames) await makeQueue(boss, name)
    if (schedules) await schedule(boss)
    await client.query('select pg_advisory_unlock($1)', [lock])
    client.release()
  } catch (error) {
    // The connection takes the lock along.
    client.release(true)
    throw error
  }
}

async function makeQueue(boss: PgBoss, name: (typeof jobNames)[number]): Promise<void> {
  const options = bossOptions(name)
  const known = await boss.getQueue(name)
  if (!known) return boss.createQueue(name, options)
  const { policy: _, ...changeable } = options
  const changed = Object.entries(changeable).some(([key, value]) => known[key as keyof typeof known] !== value)
  if (changed) await boss.updateQueue(name, changeable)
}

async function schedule(boss: PgBoss): Promise<void> {
  const known = await boss.getSchedules()
  for (const name of jobNames) {
    const { cron } = catalogue[name]
    if (cron !== null && !known.some((one) => one.name === name && one.cron === cron)) await boss.schedule(name, cron)
  }
}

/**
 * SQL: nobody has a job for the run `id` yet. Spelt the way of pg-boss's own unique index on queued and active jobs.
 * Stuck runs are few.
 */
export const noJobFor = (id: string): string => `
  not exists (
    select 1 from ${schema}.job j
    where j.name = 'drive-run' and coalesce(j.singleton_key, '') = ${id}::text and j.state <= 'active' and j.policy = 'exclusive'
  ) and not exists (
    select 1 from ${schema}.job j where j.name = 'stuck-run' and j.singleton_key = ${id}::text and j.state <= 'active'
  )`

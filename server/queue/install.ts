import type { Pool } from 'pg'
import type { PgBoss } from 'pg-boss'
import { catalogue, jobNames } from './catalogue'
import { bossOptions } from './options'

export const schema = 'pgboss'

/** Any number that all Batons on one database agree on. */
const lock = 7_226_002

/**
 * Jobs live for milliseconds, so the table is nearly all dead rows soon, and fetching slows down by half an order of
 * magnitude. A table this small is vacuumed in no time.
 */
const tidySql = `
  do $$ begin
    if not coalesce((select reloptions::text like '%scale_factor=0,%' from pg_class where oid = '${schema}.job_common'::regclass), false) then
      alter table ${schema}.job_common set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
    end if;
  end $$`

/** Starts pg-boss and makes its tables and queues. Processes that start together take turns. */
export async function install(boss: PgBoss, pool: Pool, schedules: boolean): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lock])
    await boss.start()
    await client.query(tidySql)
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
 * SQL: nobody has a job for the run `id` yet. `not in` on purpose: it is one look at the jobs and a hash, whatever the
 * planner believes about a table that grows and empties all the time (with `not exists`: 5 s for 9,000 jobs).
 */
export const noJobFor = (id: string): string => `
  ${id}::text not in (
    select coalesce(j.singleton_key, '') from ${schema}.job j
    where j.name in ('drive-run', 'stuck-run') and j.state <= 'active'
  )`

/** SQL: whoever took the job of the run `id` has not said yet that the run has a driver. */
export const isJobActive = (id: string): string => `
  exists (
    select 1 from ${schema}.job j
    where j.name = 'drive-run' and j.singleton_key = ${id}::text and j.state = 'active'
  )`

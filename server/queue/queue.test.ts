import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { afterEach, expect, it } from 'vitest'
import { createPool } from '@/server/db/pool'
import { type FreshDatabase, freshDatabase } from '@/server/db/testing/fresh-database'
import { execute } from '@/server/db/testing/postgres'
import { until } from '@/server/runtime/testing/until'
import { noJobFor } from './install'
import { createQueue, type Queue, type QueueOptions } from './queue'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const database = async (): Promise<FreshDatabase> => {
  const fresh = await freshDatabase()
  closing.push(fresh.drop)
  return fresh
}

type Opened = { queue: Queue; pool: Pool; reports: unknown[] }

/** One process's queue. */
function openQueue({ url }: FreshDatabase, options: Partial<QueueOptions> = {}): Opened {
  const pool = createPool(url, { max: 4, name: 'test' })
  const reports: unknown[] = []
  const queue = createQueue({ pool, works: true, alone: false, report: (error) => reports.push(error), ...options })
  closing.push(async () => {
    await queue.stop()
    await pool.end()
  })
  return { queue, pool, reports }
}

const run = (workspaceId: string = randomUUID()) => ({ runId: randomUUID(), workspaceId })

const count = async ({ pool }: Opened, where: string): Promise<number> =>
  (await pool.query<{ n: number }>(`select count(*) as n from pgboss.job where ${where}`)).rows[0]?.n ?? 0

it('comes up once, however many processes start together on an empty database', async () => {
  const fresh = await database()
  const queues = Array.from({ length: 5 }, () => openQueue(fresh))
  expect(await Promise.all(queues.map(({ queue }) => queue.started))).toEqual(Array(5).fill(true))
  expect(queues.flatMap(({ reports }) => reports)).toEqual([])
  const [first] = queues
  if (!first) throw new Error('no queue')
  const { rows } = await first.pool.query(
    `select name from pgboss.queue where name not like '\\_\\_pgboss%' order by name`,
  )
  expect(rows.map(({ name }) => name)).toEqual(['drive-run', 'housekeeping', 'stuck-run'])
  const { rows: schedules } = await first.pool.query('select name, cron from pgboss.schedule')
  expect(schedules).toEqual([{ name: 'housekeeping', cron: '*/10 * * * *' }])
})

it('gives each run one job, whoever offers it and however often', async () => {
  const fresh = await database()
  const [one, two] = [openQueue(fresh), openQueue(fresh)]
  const runs = Array.from({ length: 50 }, () => run())
  await Promise.all([one.queue.offer(runs), two.queue.offer([...runs].reverse()), one.queue.offer(runs)])
  const taken = (await Promise.all([one.queue.take(40, []), two.queue.take(40, []), one.queue.take(40, [])])).flat()
  expect(taken.map(({ runId }) => runId).sort()).toEqual(runs.map(({ runId }) => runId).sort())
  // At work counts as well.
  await two.queue.offer(runs)
  expect(await two.queue.take(100, [])).toEqual([])
  await one.queue.done(taken)
  expect(await count(one, `name = 'drive-run'`)).toBe(0)
})

it('hands out the oldest first and nothing of the workspaces that are left out', async () => {
  const opened = openQueue(await database())
  const [big, small] = [randomUUID(), randomUUID()]
  for (let i = 0; i < 5; i++) await opened.queue.offer([run(big)])
  const mine = run(small)
  await opened.queue.offer([mine])
  expect((await opened.queue.take(10, [big])).map(({ runId }) => runId)).toEqual([mine.runId])
  expect((await opened.queue.take(2, [])).map(({ workspaceId }) => workspaceId)).toEqual([big, big])
})

it('knows which runs have a job, and finds out quickly however many there are', async () => {
  const opened = openQueue(await database())
  const [queued, active, none] = [run(), run(), run()]
  await opened.queue.offer([active])
  await opened.queue.take(1, [])
  const others = Array.from({ length: 9_000 }, () => run())
  await opened.queue.offer([queued, ...others])
  const ids = [queued, active, none, ...others].map(({ runId }) => runId)
  const begun = performance.now()
  const { rows } = await opened.pool.query(`select id from unnest($1::uuid[]) as r(id) where ${noJobFor('r.id')}`, [
    ids,
  ])
  expect(rows).toEqual([{ id: none.runId }])
  expect(performance.now() - begun).toBeLessThan(1_500)
})

it('tries a failing job again, later each time, and hands it to the dead letters in the end', async () => {
  const opened = openQueue(await database())
  const stuck: unknown[] = []
  await opened.queue.work('stuck-run', 1, async (data) => void stuck.push(data))
  const mine = run()
  await opened.queue.offer([mine])
  const attempts: number[] = []
  const begun = performance.now()
  while (stuck.length === 0 && performance.now() - begun < 25_000) {
    const [job] = await opened.queue.take(1, [])
    if (!job) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      continue
    }
    attempts.push(performance.now() - begun)
    await opened.queue.failed(job, new Error('no'))
  }
  expect(attempts).toHaveLength(3)
  expect((attempts[1] ?? 0) - (attempts[0] ?? 0)).toBeGreaterThan(900)
  expect((attempts[2] ?? 0) - (attempts[1] ?? 0)).toBeGreaterThan(1_800)
  expect(stuck).toEqual([mine])
  await until('the dead letter is gone', async () => (await count(opened, `state <= 'active'`)) === 0)
})

it('gives the job of a process that died while it held it to another one', async () => {
  const fresh = await database()
  const [dead, alive] = [openQueue(fresh), openQueue(fresh)]
  const mine = run()
  await dead.queue.offer([mine])
  expect(await dead.queue.take(1, [])).toHaveLength(1)
  // As if it had been a while: the job expires, and the next inspection finds it.
  await alive.pool.query(`update pgboss.job set started_on = now() - interval '1 minute' where name = 'drive-run'`)
  let again: unknown[] = []
  await until(
    'it is handed out again',
    async () => {
      again = await alive.queue.take(1, [])
      return again.length > 0
    },
    25_000,
  )
  expect(again).toMatchObject([{ ...mine, retryCount: 1 }])
})

it('takes back what the only process of a database left behind, and counts it as an attempt', async () => {
  const fresh = await database()
  const before = openQueue(fresh)
  const mine = run()
  await before.queue.offer([mine])
  await before.queue.take(1, [])
  const after = openQueue(fresh, { alone: true })
  let again: unknown[] = []
  await until('it is handed out again', async () => {
    again = await after.queue.take(1, [])
    return again.length > 0
  })
  expect(again).toMatchObject([{ ...mine, retryCount: 1 }])
})

it('waits for a database that is not there yet, and says so', async () => {
  const { url } = await database()
  const later = new URL(url)
  const name = `${later.pathname.slice(1)}_later`
  later.pathname = name
  const { queue, reports } = openQueue({ url: later.href, drop: async () => {} })
  await until('it was reported', () => reports.length > 0)
  expect(queue.isReady()).toBe(false)
  await execute(url, `create database ${name}`)
  expect(await queue.started).toBe(true)
  expect(queue.isReady()).toBe(true)
  await queue.stop()
})

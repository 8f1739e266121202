import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPool } from '@/server/db/pool'
import { type FreshDatabase, freshDatabase } from '@/server/db/testing/fresh-database'
import type { Append, NewRun } from './append'
import { createEventLog } from './event-log'

let database: FreshDatabase
let pool: Pool
const workspaceId = randomUUID()
beforeAll(async () => {
  database = await freshDatabase()
  pool = createPool(database.url, { max: 6, name: 'test' })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const created: NewRun = {
  workflowId: null,
  version: null,
  graphHash: 'g',
  trigger: 'api',
  createdAt: 1,
  createdBy: null,
  idempotency: null,
  parent: null,
  cassette: null,
  owner: null,
}

const first = (more: Partial<NewRun> = {}, summary: string | null = null): Append => ({
  runId: randomUUID(),
  workspaceId,
  epoch: 1,
  first: 1,
  events: [JSON.stringify({ n: Math.random() })],
  row: {
    status: 'running',
    wakeAt: null,
    startedAt: 1,
    finishedAt: null,
    summary,
    askedAt: null,
    cause: null,
    release: false,
  },
  payloads: [],
  taken: [],
  sends: [],
  create: { ...created, ...more },
})

const following = (append: Append, at: number): Append => ({
  ...append,
  first: at,
  create: null,
  events: [JSON.stringify({ n: Math.random() })],
})

const countOf = async ({ runId }: Append) =>
  (await pool.query<{ n: number }>('select count(*) as n from run_event where run_id = $1', [runId])).rows[0]?.n

describe('the shared log', () => {
  it('does not let one run that the database refuses take the others along', async () => {
    const log = createEventLog(pool)
    const good = Array.from({ length: 10 }, () => first())
    const bad = first({ createdBy: 'no\0zero' })
    const outcomes = await Promise.allSettled([...good, bad].map((append) => log.append(append)))
    expect(outcomes.map(({ status }) => status)).toEqual([...good.map(() => 'fulfilled'), 'rejected'])
    for (const append of good) expect(await countOf(append)).toBe(1)
    expect(await countOf(bad)).toBe(0)
    await log.close()
  })

  it('takes words that jsonb would not', async () => {
    const log = createEventLog(pool)
    const summary = JSON.stringify({ error: 'a \0 zero, half a \ud83d pair, a whole \u{1f600}, a \\u0000 in words' })
    const append = first({}, summary)
    expect(await log.append(append)).toBe('ok')
    const { rows } = await pool.query('select summary from run where id = $1', [append.runId])
    expect(rows[0]?.summary).toEqual({
      error: 'a \ufffd zero, half a \ufffd pair, a whole \u{1f600}, a \\u0000 in words',
    })
    await log.close()
  })

  it('tells a run that somebody else has from one of its own', async () => {
    const log = createEventLog(pool)
    const append = first()
    expect(await log.append(append)).toBe('ok')
    expect(await log.append(append)).toBe('exists')
    expect(await log.append(following(append, 3))).toBe('lost')
    expect(await log.append({ ...following(append, 2), epoch: 2 })).toBe('lost')
    expect(await log.append(following(append, 2))).toBe('ok')
    expect(await countOf(append)).toBe(2)
    await log.close()
  })

  it('knows its own append again whose answer was lost, also when the first try was still under way at the second', async () => {
    for (const late of [false, true]) {
      let cuts = 0
      const arrives: Promise<unknown>[] = []
      // A network that loses the answer, and delivers the statement before or after the next one.
      const lossy = {
        query: async (...args: Parameters<Pool['query']>) => {
          const isAppend = (args[0] as unknown as { name?: string }).name === 'append'
          if (!isAppend || cuts++ > 0) return pool.query(...args)
          const delivered: Promise<unknown> = late
            ? deliverLater(args)
            : (pool.query(...args) as unknown as Promise<unknown>)
          arrives.push(delivered)
          if (!late) await delivered
          throw Object.assign(new Error('Connection terminated unexpectedly'), {})
        },
      } as unknown as Pool
      const log = createEventLog(lossy)
      const append = first()
      expect(await createEventLog(pool).append(append)).toBe('ok')
      expect(await log.append(following(append, 2))).toBe('ok')
      await Promise.all(arrives)
      expect(await countOf(append)).toBe(2)
      await log.close()
    }
  })
})

/** Holds the lock on the run's row while the second try is made, and commits then. */
async function deliverLater(args: Parameters<Pool['query']>): Promise<void> {
  const client = await pool.connect()
  await client.query('begin')
  await client.query(...(args as unknown as Parameters<typeof client.query>))
  await new Promise((resolve) => setTimeout(resolve, 150))
  await client.query('commit')
  client.release()
}

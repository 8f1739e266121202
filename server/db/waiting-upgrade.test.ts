import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate, readMigrations } from '@/server/db/migrate'
import { createPrisma } from '@/server/db/prisma'
import { selectWaitingPlaces } from '@/server/db/sql/waiting-places'
import { startTestPostgres, type TestPostgres } from '@/server/db/testing/postgres'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startTestPostgres({ fsync: 'off' })
})
afterAll(() => postgres.remove())

const [workspace, run] = [randomUUID(), randomUUID()]
const asked = (path: string, wait: number, at: number) => ({
  type: 'node.waiting',
  path,
  attempt: 1,
  wait,
  waiting: {
    reason: 'approval',
    title: 'Was "at":1 it?',
    message: { hash: 'h', size: 3, inline: '\u0000"at":2' },
    fields: [],
  },
  at,
})

/** As a Baton from before the inbox has left it: waiting twice at one place, once at another, and for a timer. */
async function fill(client: Client): Promise<void> {
  await client.query(`insert into workspace (id, name, slug) values ($1, 'w', 'w')`, [workspace])
  const summary = {
    waitingFor: [
      { path: 'each[0]/gate', reason: 'approval', wait: 2 },
      { path: 'each[0]/gate_', reason: 'approval', wait: 1 },
      { path: 'rest', reason: 'timer', until: 9 },
    ],
  }
  await client.query(
    `insert into run (id, workspace_id, graph_hash, trigger, status, summary) values ($1, $2, 'h', 'api', 'waiting', $3)`,
    [run, workspace, JSON.stringify(summary)],
  )
  const events = [asked('each[0]/gate', 1, 1_000), asked('each[0]/gate_', 1, 2_000), asked('each[0]/gate', 2, 3_000)]
  for (const [index, event] of events.entries())
    await client.query('insert into run_event (run_id, seq, event) values ($1, $2, $3)', [
      run,
      index + 1,
      JSON.stringify({ ...event, seq: index + 1, at: event.at }),
    ])
}

test('runs that waited for a person before the upgrade are in the inbox after it, with what they ask', async () => {
  const url = await postgres.createDatabase('waiting_upgrade')
  const all = readMigrations()
  await migrate(
    url,
    all.filter(({ name }) => name < '0004'),
  )
  const client = new Client({ connectionString: url })
  await client.connect()
  await fill(client)
  await client.end()
  expect(await migrate(url, all)).toContain('0004_lists')
  const db = createPrisma(url, { max: 1 })
  const places = await selectWaitingPlaces(db, workspace, { after: null, limit: 10 })
  await db.$disconnect()
  expect(
    places.map(({ path, wait, since, event }) => ({ path, wait, since, seq: JSON.parse(event ?? '{}').seq })),
  ).toEqual([
    { path: 'each[0]/gate_', wait: 1, since: 2_000, seq: 2 },
    { path: 'each[0]/gate', wait: 2, since: 3_000, seq: 3 },
  ])
})

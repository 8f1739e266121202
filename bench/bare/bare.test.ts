import { Pool } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runBare } from '@/bench/bare/run'
import { bareSchema } from '@/bench/bare/schema'
import { createBareStore } from '@/bench/bare/store'
import { writingCommits } from '@/bench/machine/postgres'
import { type FreshDatabase, freshDatabase } from '@/server/db/testing/fresh-database'

let database: FreshDatabase
let pool: Pool

beforeAll(async () => {
  database = await freshDatabase()
  pool = new Pool({ connectionString: database.url })
  await pool.query(bareSchema)
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const body = JSON.stringify({ input: { topic: 'tea' }, wait: 30 })
const rowsOf = async (id: string) => {
  const run = await pool.query('select status, output, finished_at from bare_run where id = $1', [id])
  const outputs = await pool.query('select node, output from bare_output where run_id = $1 order by seq', [id])
  return { run: run.rows[0], outputs: outputs.rows }
}

it('has the run, the output of all twelve nodes and the final state in the database before it answers', async () => {
  const answer = JSON.parse(await runBare(createBareStore(pool, 1), body))
  const { run, outputs } = await rowsOf(answer.id)
  expect(answer).toMatchObject({ status: 'completed', output: 'tea 1 2 3 4 5 6 7 8 9 10' })
  expect(run).toMatchObject({ status: 'completed', output: JSON.stringify(answer.output) })
  expect(run.finished_at).not.toBeNull()
  expect(outputs).toHaveLength(12)
  expect(outputs.map(({ node }) => node)).toEqual(answer.nodes.map(({ id }: { id: string }) => id))
  expect(outputs[3]).toEqual({ node: 't3', output: '"tea 1 2 3"' })
})

it('the run is durable before its first node, and runs that are under way share their commits', async () => {
  const store = createBareStore(pool, 1)
  const runs = 64
  const client = await pool.connect()
  const before = await writingCommits(client)
  const answers = await Promise.all(Array.from({ length: runs }, () => runBare(store, body)))
  const commits = (await writingCommits(client)) - before - 1
  client.release()
  expect(commits).toBeGreaterThanOrEqual(2)
  expect(commits).toBeLessThan(runs / 4)
  for (const answer of answers) expect((await rowsOf(JSON.parse(answer).id)).outputs).toHaveLength(12)
})

import { createHash } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Migration, migrate, readMigrations } from '@/server/db/migrate'
import { startTestPostgres, type TestPostgres } from '@/server/db/testing/postgres'

const migration = (name: string, sql: string): Migration => ({
  name,
  sql,
  checksum: createHash('sha256').update(sql).digest('hex'),
})
const first = migration('0001_first', 'CREATE TABLE a (id INT); INSERT INTO a VALUES (1);')
const second = migration('0002_second', 'ALTER TABLE a ADD COLUMN name TEXT;')

async function rowsOf<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<T>(sql)
  await client.end()
  return rows
}

describe('migrations', () => {
  let postgres: TestPostgres
  let url: string
  let count = 0

  beforeAll(async () => {
    postgres = await startTestPostgres({ fsync: 'off' })
  })
  afterAll(() => postgres.remove())
  beforeEach(async () => {
    count += 1
    url = await postgres.createDatabase(`case_${count}`)
  })

  test('are applied once each, in order of their names', async () => {
    expect(await migrate(url, [first, second])).toEqual(['0001_first', '0002_second'])
    expect(await migrate(url, [first, second])).toEqual([])
    expect(await rowsOf(url, 'SELECT * FROM a')).toEqual([{ id: 1, name: null }])
  })

  test('later ones are added to a database that has the earlier ones', async () => {
    await migrate(url, [first])
    expect(await migrate(url, [first, second])).toEqual(['0002_second'])
  })

  test('are recorded the way Prisma records them', async () => {
    await migrate(url, [first])
    const [row] = await rowsOf<Record<string, unknown>>(url, 'SELECT * FROM _prisma_migrations')
    expect(row).toMatchObject({
      migration_name: '0001_first',
      checksum: first.checksum,
      applied_steps_count: 1,
      rolled_back_at: null,
      finished_at: expect.any(Date),
    })
  })

  test('a failing one leaves nothing behind and is named with its line', async () => {
    const broken = migration('0002_broken', 'CREATE TABLE b (id INT);\nCREATE TABLE c (id NONSENSE);')
    await expect(migrate(url, [first, broken])).rejects.toThrow(/0002_broken failed and was undone: .*nonsense.*line 2/)
    expect(await rowsOf(url, "SELECT to_regclass('b') AS b")).toEqual([{ b: null }])
    expect(await migrate(url, [first, second])).toEqual(['0002_second'])
  })

  test('a changed one is refused and named', async () => {
    await migrate(url, [first])
    const changed = migration('0001_first', `${first.sql} -- a word more`)
    await expect(migrate(url, [changed])).rejects.toThrow(/0001_first was changed after it had been applied/)
  })

  test('a database of a newer version is refused', async () => {
    await migrate(url, [first, second])
    await expect(migrate(url, [first])).rejects.toThrow(/does not know: 0002_second.*newer/)
  })

  test('several processes at once apply each one once', async () => {
    const results = await Promise.all(Array.from({ length: 6 }, () => migrate(url, [first, second])))
    expect(results.flat().sort()).toEqual(['0001_first', '0002_second'])
    expect(await rowsOf(url, 'SELECT id FROM a')).toEqual([{ id: 1 }])
  })

  test('with nothing to do take less than 50 ms', async () => {
    const all = readMigrations()
    await migrate(url, all)
    const times: number[] = []
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const started = performance.now()
      await migrate(url)
      times.push(performance.now() - started)
    }
    expect(Math.min(...times)).toBeLessThan(50)
  })
})

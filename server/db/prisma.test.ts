import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPool } from '@/server/db/pool'
import { createPrisma } from '@/server/db/prisma'
import { type FreshDatabase, freshDatabase } from '@/server/db/testing/fresh-database'
import { execute, startTestPostgres } from '@/server/db/testing/postgres'

describe('connections', () => {
  let database: FreshDatabase
  beforeAll(async () => {
    database = await freshDatabase()
  })
  afterAll(() => database.drop())

  test('Prisma and plain SQL see the same rows', async () => {
    const prisma = createPrisma(database.url, { max: 2 })
    const pool = createPool(database.url, { max: 2, name: 'test' })
    const id = randomUUID()
    await prisma.user.create({ data: { id, name: 'Ada' } })
    const { rows } = await pool.query('SELECT name FROM "user" WHERE id = $1', [id])
    expect(rows).toEqual([{ name: 'Ada' }])
    await Promise.all([prisma.$disconnect(), pool.end()])
  })

  test('64-bit numbers arrive as numbers', async () => {
    const pool = createPool(database.url, { max: 1, name: 'test' })
    const { rows } = await pool.query(
      "SELECT 9007199254740991::int8 AS big, 1::int4 AS small, '2026-01-01Z'::timestamptz AS at",
    )
    expect(rows).toEqual([{ big: Number.MAX_SAFE_INTEGER, small: 1, at: new Date('2026-01-01Z') }])
    await pool.end()
  })

  test('every file gets an empty database that no other one writes to', async () => {
    const [one, two] = await Promise.all([freshDatabase(), freshDatabase()])
    await execute(one.url, `INSERT INTO "user" (id, name) VALUES ('${randomUUID()}', 'Ada')`)
    const pool = createPool(two.url, { max: 1, name: 'test' })
    expect((await pool.query('SELECT count(*) AS count FROM "user"')).rows).toEqual([{ count: 0 }])
    await pool.end()
    await Promise.all([one.drop(), two.drop()])
  })
})

describe('a database server that goes away', () => {
  test.each(['fast', 'immediate', 'kill'] as const)(
    '(%s) and comes back is used again by the same pools',
    async (how) => {
      const postgres = await startTestPostgres()
      const errors: Error[] = []
      const onError = (error: Error) => errors.push(error)
      const pool = createPool(postgres.url, { max: 2, name: 'test', onError })
      const prisma = createPrisma(postgres.url, { max: 2, onError })
      await pool.query('CREATE TABLE kept AS SELECT 42 AS answer')
      await prisma.$queryRaw`SELECT 1`
      await (how === 'kill' ? postgres.kill9() : postgres.stop(how))
      await expect(pool.query('SELECT * FROM kept')).rejects.toThrow()
      await postgres.restart()
      expect((await pool.query('SELECT * FROM kept')).rows).toEqual([{ answer: 42 }])
      expect(await prisma.$queryRaw`SELECT * FROM kept`).toEqual([{ answer: 42 }])
      await Promise.all([pool.end(), prisma.$disconnect()])
      await postgres.remove()
    },
  )
})

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate } from '@/server/db/migrate'
import { execute, startTestPostgres, type TestPostgres } from '@/server/db/testing/postgres'
import { catalogDrift, readCatalog, schemaDiff } from '@/server/db/testing/schema-diff'
import { projectRoot } from '@/server/project-root'

const schema = readFileSync(path.join(projectRoot, 'prisma', 'schema.prisma'), 'utf8')

describe('schema.prisma and the migrations', () => {
  let postgres: TestPostgres
  let migrated: string
  let declared: string

  beforeAll(async () => {
    postgres = await startTestPostgres({ fsync: 'off' })
    migrated = await postgres.createDatabase('migrated')
    declared = await postgres.createDatabase('declared')
    await migrate(migrated)
    await execute(declared, await schemaDiff(postgres.url, null, schema))
  })
  afterAll(() => postgres.remove())

  test('make the same database', async () => {
    const declaredCatalog = await readCatalog(declared)
    expect(declaredCatalog.structure.size).toBeGreaterThan(100)
    expect(catalogDrift(await readCatalog(migrated), declaredCatalog)).toEqual([])
  })

  test.each([
    ['a column only the schema has', 'ALTER TABLE "user" DROP COLUMN "email"', 'user.email text'],
    ['a column only a migration made', 'ALTER TABLE "user" ADD COLUMN "nickname" TEXT', 'user.nickname text'],
    ['another type', 'ALTER TABLE "user" ALTER COLUMN "name" TYPE VARCHAR(9)', 'user.name text not null'],
    ['another nullability', 'ALTER TABLE "user" ALTER COLUMN "name" DROP NOT NULL', 'user.name text not null'],
    ['a missing default', 'ALTER TABLE "run" ALTER COLUMN "epoch" DROP DEFAULT', 'run.epoch integer'],
    ['a missing index', 'DROP INDEX "user_email_key"', 'user_email_key'],
    ['an undeclared index', 'CREATE INDEX "stray" ON "user" ("name")', 'stray'],
    ['an undeclared table', 'CREATE TABLE "stray_table" ("id" INT)', 'stray_table.id'],
    ['a foreign key that cascades differently', recreatedKey(), 'session_user_id_fkey'],
  ])('%s is noticed', async (_what, sql, named) => {
    const database = await postgres.createDatabase(`planted_${expect.getState().currentTestName?.length}`)
    await migrate(database)
    await execute(database, sql)
    const drift = catalogDrift(await readCatalog(database), await readCatalog(declared))
    expect(drift.join('\n')).toContain(named)
    await execute(postgres.url, `DROP DATABASE "${new URL(database).pathname.slice(1)}"`)
  })
})

function recreatedKey() {
  return `ALTER TABLE "session" DROP CONSTRAINT "session_user_id_fkey",
    ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id")`
}

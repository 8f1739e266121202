import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'
import { projectRoot } from '@/server/project-root'

export type Migration = { name: string; sql: string; checksum: string }

export const migrationsFolder = path.join(projectRoot, 'prisma', 'migrations')

/** Any number that all Batons on one database agree on. */
const LOCK = 7_226_001

export function readMigrations(folder = migrationsFolder): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/**
 * Brings the database to the newest schema and returns what was applied. Writes the same table as Prisma's own
 * migration tool, so that either may be used on a database.
 */
export async function migrate(url: string, migrations: Migration[] = readMigrations()): Promise<string[]> {
  const client = new Client({ connectionString: url, application_name: 'baton migrate' })
  await client.connect()
  try {
    if (missingIn(await readApplied(client), migrations).length === 0) return []
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    await client.query(CREATE_TABLE)
    // Read again: another process may have migrated while this one waited for the lock.
    const missing = missingIn(await readApplied(client), migrations)
    for (const migration of missing) await apply(client, migration)
    return missing.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

type Applied = { migration_name: string; checksum: string; finished_at: Date | null }

async function readApplied(client: Client): Promise<Applied[]> {
  const { rows: found } = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists")
  if (!found[0]?.exists) return []
  const { rows } = await client.query<Applied>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  return rows
}

function missingIn(applied: Applied[], migrations: Migration[]): Migration[] {
  const byName = new Map(applied.map((row) => [row.migration_name, row]))
  const known = new Set(migrations.map(({ name }) => name))
  const foreign = applied.filter((row) => !known.has(row.migration_name)).map((row) => row.migration_name)
  if (foreign.length > 0) {
    throw new Error(
      `The database has migrations that this Baton does not know: ${foreign.join(', ')}. It was used by a newer Baton; start that one.`,
    )
  }
  return migrations.filter((migration) => {
    const row = byName.get(migration.name)
    if (!row) return true
    if (!row.finished_at) {
      throw new Error(
        `Migration ${migration.name} was begun by another tool and never finished. See _prisma_migrations.`,
      )
    }
    if (row.checksum !== migration.checksum) {
      throw new Error(
        `Migration ${migration.name} was changed after it had been applied to this database. Applied migrations must stay as they are: put the old text back and write a new migration.`,
      )
    }
    return false
  })
}

async function apply(client: Client, migration: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(migration.sql)
    await client.query(RECORD, [randomUUID(), migration.checksum, migration.name])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw new Error(`Migration ${migration.name} failed and was undone: ${describe(error, migration.sql)}`)
  }
}

function describe(error: unknown, sql: string): string {
  const { message, position } = error as { message: string; position?: string }
  if (!position) return message
  const line = sql.slice(0, Number(position)).split('\n').length
  return `${message} (line ${line})`
}

const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`

const RECORD = `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
  VALUES ($1, $2, clock_timestamp(), $3, now(), 1)`

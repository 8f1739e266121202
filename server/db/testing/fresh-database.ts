import { randomUUID } from 'node:crypto'
import { get } from 'node:http'
import { text } from 'node:stream/consumers'
import { inject } from 'vitest'
import { execute } from '@/server/db/testing/postgres'
import { TEMPLATE } from '@/server/db/testing/shared-server'

export type FreshDatabase = { url: string; drop(): Promise<void> }

/** A migrated, empty database of one's own on the PostgreSQL that all ordinary test files share. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = await ask(inject('sharedPostgres'))
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const admin = at(server, 'postgres')
  await execute(admin, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} STRATEGY wal_log`)
  return {
    url: at(server, name),
    drop: () => execute(admin, `DROP DATABASE ${name} WITH (FORCE)`),
  }
}

function at(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

function ask(address: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(address, async (response) => {
      const answer = await text(response)
      if (response.statusCode === 200) resolve(answer)
      else reject(new Error(`The shared test database did not start: ${answer}`))
    }).on('error', reject)
  })
}

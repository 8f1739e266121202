import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { migrate } from '@/server/db/migrate'
import { startTestPostgres, type TestPostgres } from '@/server/db/testing/postgres'

export type SharedPostgres = { address: string; close(): Promise<void> }

export const TEMPLATE = 'migrated'

/**
 * Test files run in processes of their own and cannot share an object; they ask over HTTP. A run of unit tests alone
 * never starts a server.
 */
export async function serveSharedPostgres(): Promise<SharedPostgres> {
  let starting: Promise<TestPostgres> | null = null
  const server = createServer((_request, response) => {
    starting ??= startMigrated()
    starting.then(
      (postgres) => response.end(postgres.url),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      const postgres = await starting?.catch(() => null)
      await postgres?.remove()
    },
  }
}

async function startMigrated(): Promise<TestPostgres> {
  const postgres = await startTestPostgres({ max_connections: '200' })
  await migrate(await postgres.createDatabase(TEMPLATE))
  return postgres
}

import { PrismaPg } from '@prisma/adapter-pg'
import { Pool } from 'pg'
import { PrismaClient } from '@/generated/prisma/client'

export type Prisma = PrismaClient
export type { Share as ShareRow } from '@/generated/prisma/client'

/** The relational side of the database. `$disconnect` also ends its connections. */
export function createPrisma(url: string, { max, onError }: { max: number; onError?: (error: Error) => void }): Prisma {
  const pool = new Pool({
    connectionString: url,
    max,
    application_name: 'baton prisma',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  })
  pool.on('error', (error) => onError?.(error))
  pool.on('connect', (client) => client.on('error', () => {}))
  return new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) })
}

import { Pool, types } from 'pg'

export type PoolOptions = {
  max: number
  /** Shown in pg_stat_activity. */
  name: string
  /** Answers without waiting for the disk: for what may be forgotten in a crash of the database because it is made anew. */
  relaxed?: boolean
  onError?: (error: Error) => void
}

const INT8 = 20

/** Sequence numbers, counts and sizes are below 2^53 here; as strings they would compare and add wrongly. */
const numbers = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary'
      ? Number
      : types.getTypeParser(oid, format as 'text')) as typeof types.getTypeParser,
}

/** Plain connections for the SQL of the hot path. A connection that breaks while idle is replaced, never an exit. */
export function createPool(url: string, { max, name, relaxed = false, onError }: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    application_name: name,
    ...(relaxed && { options: '-c synchronous_commit=off' }),
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    types: numbers,
  })
  pool.on('error', (error) => onError?.(error))
  // While a connection is lent out its break is an event of its own; whoever has it hears of it from the query that fails.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { CliError, notRunning } from '@/server/cli/cli-error'
import { embeddedUrl } from '@/server/db/embedded/address'
import { isRunning } from '@/server/db/embedded/process'
import { isAway } from '@/server/db/is-away'
import type { Prisma } from '@/server/db/prisma'
import { type Env, readEnv } from '@/server/env'

/** What a command works with. */
export type Context = {
  env: Env
  variables: { readonly [name: string]: string | undefined }
  out: (line: string) => void
  err: (line: string) => void
}

export function openContext(variables: Context['variables'], { out, err }: Pick<Context, 'out' | 'err'>): Context {
  const reading = readEnv(variables)
  if (!reading.ok) throw new CliError('The settings are not right.', reading.problems)
  return { env: reading.env, variables, out, err }
}

/** Where the server listens: as told, else as the one of this data folder says. */
export function serverAddress({ env, variables }: Context): string | null {
  if (variables.BATON_URL) return variables.BATON_URL
  try {
    const { pid, address } = JSON.parse(readFileSync(path.join(env.dataDir, 'baton.lock'), 'utf8')) as {
      pid: number
      address: string
    }
    return isRunning(pid) && URL.canParse(address) ? address : null
  } catch {
    return null
  }
}

/** For what only somebody beside the database may do. Loaded when needed: most commands don't. */
export async function withDatabase<T>({ env }: Context, work: (db: Prisma) => Promise<T>): Promise<T> {
  const url = env.databaseUrl ?? embeddedUrl(env.dataDir)
  if (url === null) throw notRunning()
  const { createPrisma } = await import('@/server/db/prisma')
  const db = createPrisma(url, { max: 1, onError: () => {} })
  try {
    return await work(db)
  } catch (error) {
    if (isAway(error))
      throw env.databaseUrl === null ? notRunning() : new CliError('The database of DATABASE_URL does not answer.')
    if (error instanceof Error && 'code' in error && error.code === 'P2021') {
      throw new CliError('The database is empty.', ['Start Baton once, which sets it up: npm start'])
    }
    throw error
  } finally {
    await db.$disconnect()
  }
}

import { type Embedded, startEmbedded } from '@/server/db/embedded/embedded'
import { type Lock, lockDataDir } from '@/server/db/embedded/lock'
import { migrate } from '@/server/db/migrate'
import type { Env } from '@/server/env'
import type { Log } from './log'

export type Database = {
  url: string
  /** This process is the only one on its database. */
  alone: boolean
  announce: (address: string) => void
  stop: () => Promise<void>
}

/** The data folder serves another Baton. */
export class Taken extends Error {}

/** The database that was given, or the one that Baton brings along; migrated. */
export async function openDatabase(env: Env, log: Log): Promise<Database> {
  if (env.databaseUrl !== null) {
    await migrate(env.databaseUrl)
    return { url: env.databaseUrl, alone: false, announce: () => {}, stop: async () => {} }
  }
  const lock = lockDataDir(env.dataDir)
  if (lock.kind === 'taken') throw new Taken(takenText(env, lock.by))
  let embedded: Embedded | null = null
  try {
    embedded = await startEmbedded({ dataDir: env.dataDir, log: log.info })
    await migrate(embedded.url)
  } catch (error) {
    await embedded?.stop()
    lock.release()
    throw error
  }
  const { url, stop } = embedded
  return {
    url,
    alone: true,
    announce: lock.announce,
    stop: async () => {
      await stop()
      lock.release()
    },
  }
}

function takenText({ dataDir }: Env, by: Extract<Lock, { kind: 'taken' }>['by']): string {
  const where = by.address.startsWith('http') ? `It listens on ${by.address}` : 'It is just starting'
  return `Baton already runs on ${dataDir} (process ${by.pid}). ${where}. Use that one, or set BATON_DATA_DIR and PORT for a second one.`
}

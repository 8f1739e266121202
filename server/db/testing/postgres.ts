import { Client } from 'pg'
import { urlOf } from '@/server/db/embedded/address'
import { type StopMode, startPostmaster, stopPostmaster } from '@/server/db/embedded/postmaster'
import { isRunning, until } from '@/server/db/embedded/process'
import { serverSettings } from '@/server/db/embedded/settings'
import { freshCluster, removeCluster, TEST_PASSWORD } from '@/server/db/testing/cluster-cache'

export type TestPostgres = {
  /** Of the empty database `baton`. The port stays the same over a restart. */
  url: string
  createDatabase(name: string): Promise<string>
  /** Stops the server; its data stays for `restart`. */
  stop(mode: StopMode): Promise<void>
  kill9(): Promise<void>
  restart(): Promise<void>
  /** Stops it for good and removes the data. */
  remove(): Promise<void>
}

/** A PostgreSQL of one's own, with the settings of production, for tests that stop, kill or overload it. */
export async function startTestPostgres(settings: Record<string, string> = {}): Promise<TestPostgres> {
  const cluster = await freshCluster()
  const all = { ...serverSettings, ...settings }
  let server = await startPostmaster(cluster, all, null)
  const address = { port: server.port, password: TEST_PASSWORD }
  const stop = async (mode: StopMode) => {
    if (isRunning(server.pid)) await stopPostmaster(server.pid, mode)
  }
  return {
    url: urlOf(address),
    createDatabase: async (name) => {
      await execute(urlOf(address, 'postgres'), `CREATE DATABASE "${name}"`)
      return urlOf(address, name)
    },
    stop,
    kill9: async () => {
      process.kill(server.pid, 'SIGKILL')
      await until(() => !isRunning(server.pid), 10_000)
    },
    restart: async () => {
      await stop('fast')
      server = await startPostmaster(cluster, all, address.port)
      if (server.port !== address.port) throw new Error('The port of the test server was taken by somebody else.')
    },
    remove: async () => {
      await stop('immediate')
      removeCluster(cluster)
    },
  }
}

export async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'
import { type Address, readAddress, urlOf, writeAddress } from '@/server/db/embedded/address'
import { type Cluster, initialise, isInitialised, refuseOtherVersion } from '@/server/db/embedded/initialise'
import { type Log, place } from '@/server/db/embedded/place'
import { livePostmaster, type Postmaster, startPostmaster, stopPostmaster } from '@/server/db/embedded/postmaster'
import { isRunning } from '@/server/db/embedded/process'
import { serverSettings } from '@/server/db/embedded/settings'

export type Embedded = { url: string; stop(): Promise<void> }

/**
 * Brings up the PostgreSQL of this data folder: makes it the first time, takes over one that outlived its Baton, and
 * starts it again should it die. The caller holds the data folder's lock, so there is one of us.
 */
export async function startEmbedded(options: { dataDir: string; log: Log }): Promise<Embedded> {
  const dataDir = path.resolve(options.dataDir)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const known = readAddress(dataDir)
  const cluster = place(dataDir, options.log)
  const password = known?.password ?? randomBytes(24).toString('base64url')
  if (isInitialised(cluster.data)) {
    if (!known) throw lostPassword(dataDir, cluster)
    refuseOtherVersion(cluster)
  } else {
    // Before the cluster: one without its password would be lost, a password without a cluster is not.
    writeAddress(dataDir, { port: 0, password, cluster: cluster.data, dataDir })
    await initialise(cluster, password)
  }
  const server = await adoptOrStart(cluster, known, options.log)
  writeAddress(dataDir, { port: server.port, password, cluster: cluster.data, dataDir })
  const guard = keepRunning(cluster, server, options.log)
  return { url: urlOf({ port: server.port, password }), stop: guard.stop }
}

async function adoptOrStart(cluster: Cluster, known: Address | null, log: Log): Promise<Postmaster> {
  const orphan = livePostmaster(cluster.data)
  if (orphan && known && orphan.port === known.port && (await answers(urlOf(known), cluster.data))) {
    log(`Took over the database that was still running (pid ${orphan.pid}).`)
    return orphan
  }
  if (orphan) {
    log(`Stopping a database that was still running and cannot be used (pid ${orphan.pid}).`)
    await stopPostmaster(orphan.pid)
  }
  return startPostmaster(cluster, serverSettings, null)
}

async function answers(url: string, data: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory')
    return rows[0]?.data_directory === data
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/** Connections are made anew by their pools, so a server that comes back on the same port is all that is needed. */
function keepRunning(cluster: Cluster, first: Postmaster, log: Log) {
  let server = first
  let restarting: Promise<void> | null = null
  let stopped: Promise<void> | null = null

  const restart = async () => {
    log('The database stopped unexpectedly; starting it again.')
    const foreign = livePostmaster(cluster.data)
    server = foreign ?? (await startPostmaster(cluster, serverSettings, server.port))
  }
  const watch = setInterval(() => {
    if (stopped || restarting || isRunning(server.pid)) return
    restarting = restart()
      .catch((error: Error) => log(error.message))
      .finally(() => {
        restarting = null
      })
  }, 500)
  watch.unref()

  const stop = async () => {
    clearInterval(watch)
    await restarting
    await stopPostmaster(server.pid)
  }
  return {
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }
}

const lostPassword = (dataDir: string, { data }: Cluster) =>
  new Error(
    `There is a database in ${data}, but ${path.join(dataDir, 'postgres.json')} with its password is missing. Put that file back, or move the database away to begin with a new one.`,
  )

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Cluster, initialise, ownedFolder } from '@/server/db/embedded/initialise'
import { reachableBinaries } from '@/server/db/embedded/place'
import { livePostmaster, stopPostmaster } from '@/server/db/embedded/postmaster'
import { isRunning, startOf } from '@/server/db/embedded/process'
import { serverUser } from '@/server/db/embedded/server-user'

export const TEST_PASSWORD = 'test'

/** Test clusters live in the system's temporary folder: PostgreSQL's user must get at them, wherever the checkout is. */
const base = () => path.join(tmpdir(), `baton-postgres-${process.getuid?.() ?? 0}`)

/** A copy of a cluster that was made once for all test runs: 60 ms instead of 500. */
export async function freshCluster(): Promise<Cluster> {
  const user = serverUser()
  const binaries = reachableBinaries(user, () => {})
  mkdirSync(base(), { recursive: true, mode: 0o700 })
  if (user.kind === 'other') chmodSync(base(), 0o711)
  const template = path.join(base(), `template-${binaries.version}`)
  if (!existsSync(template)) await makeTemplate({ data: `${template}.${process.pid}`, binaries, user }, template)
  const folder = path.join(
    base(),
    `${ownerName()}-${createHash('sha256').update(crypto.randomUUID()).digest('hex').slice(0, 8)}`,
  )
  ownedFolder(folder, user)
  const data = path.join(folder, 'data')
  execFileSync('cp', ['-a', '--reflink=auto', template, data])
  if (user.kind === 'other') chownSync(data, user.uid, user.gid)
  return { data, binaries, user }
}

async function makeTemplate(cluster: Cluster, template: string) {
  ownedFolder(path.dirname(cluster.data), { kind: 'self' })
  await initialiseInOwnFolder(cluster)
  try {
    renameSync(cluster.data, template)
  } catch {
    // Another test process was faster.
    rmSync(cluster.data, { recursive: true, force: true })
  }
}

async function initialiseInOwnFolder(cluster: Cluster) {
  const folder = `${cluster.data}.folder`
  ownedFolder(folder, cluster.user)
  const inside = { ...cluster, data: path.join(folder, 'data') }
  await initialise(inside, TEST_PASSWORD)
  renameSync(inside.data, cluster.data)
  rmSync(folder, { recursive: true, force: true })
}

export const removeCluster = (cluster: Cluster) => rmSync(path.dirname(cluster.data), { recursive: true, force: true })

/** pid and start time of the test process, so that what a killed one left behind can be told from what is in use. */
const ownerName = () => `owner-${process.pid}-${startOf(process.pid) ?? '0'}`

/** Ends and removes the clusters of test processes that are gone. */
export async function sweepAbandoned(): Promise<void> {
  if (!existsSync(base())) return
  for (const name of readdirSync(base())) {
    const [, pid, started] = /^owner-(\d+)-(\d+)-/.exec(name) ?? []
    if (!pid) continue
    if (isRunning(Number(pid)) && (startOf(Number(pid)) ?? '0') === started) continue
    const folder = path.join(base(), name)
    const left = livePostmaster(path.join(folder, 'data'))
    if (left) await stopPostmaster(left.pid, 'immediate')
    rmSync(folder, { recursive: true, force: true })
  }
}

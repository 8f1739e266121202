import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { readAddress } from '@/server/db/embedded/address'
import { type Binaries, installedBinaries, programOf } from '@/server/db/embedded/binaries'
import { type Cluster, ownedFolder } from '@/server/db/embedded/initialise'
import { canReach, type ServerUser, serverUser } from '@/server/db/embedded/server-user'

const OUTSIDE = '/var/lib/baton'

export type Log = (line: string) => void

/** Decides where binaries and data lie, so that the user PostgreSQL runs as gets at both. */
export function place(dataDir: string, log: Log): Cluster {
  const user = ownerOf(path.join(dataDir, 'postgres', 'data')) ?? serverUser()
  return { user, binaries: reachableBinaries(user, log), data: clusterFolder(dataDir, user, log) }
}

/** As root, a cluster that an ordinary user made before goes on belonging to that user. */
function ownerOf(data: string): ServerUser | null {
  if (process.getuid?.() !== 0 || !existsSync(data)) return null
  const { uid, gid } = statSync(data)
  return uid === 0 ? null : { kind: 'other', name: String(uid), uid, gid }
}

export function reachableBinaries(user: ServerUser, log: Log): Binaries {
  const installed = installedBinaries()
  const programs = [programOf(installed, 'postgres'), programOf(installed, 'initdb')]
  if (canReach(user, { write: [], execute: programs })) return installed
  const root = path.join(OUTSIDE, `postgres-${installed.version}`)
  if (existsSync(root)) return { ...installed, root }
  log(`PostgreSQL's user cannot read ${installed.root}; its binaries are copied to ${root}.`)
  outsideFolder()
  const draft = `${root}.${process.pid}`
  cpSync(installed.root, draft, { recursive: true, verbatimSymlinks: true, mode: 0 })
  execFileSync('chmod', ['-R', 'a+rX', draft])
  try {
    renameSync(draft, root)
  } catch (error) {
    // Another start was faster; its copy is as good.
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(root)) throw error
  }
  return { ...installed, root }
}

function clusterFolder(dataDir: string, user: ServerUser, log: Log): string {
  const inside = path.join(dataDir, 'postgres')
  const known = knownOutside(dataDir)
  if (known) return known
  // Others may pass through the data folder, not look into it: what is secret in there is 0600 besides.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (user.kind === 'other') chmodSync(dataDir, 0o711)
  ownedFolder(inside, user)
  if (canReach(user, { write: [inside], execute: [] })) return path.join(inside, 'data')
  // Fails, and rightly so, when a database lies in there already: it must not be left behind unnoticed.
  rmdirSync(inside)
  const outside = path.join(OUTSIDE, createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
  log(`PostgreSQL's user cannot get into ${dataDir}; the database lies in ${outside} instead.`)
  outsideFolder()
  ownedFolder(outside, user)
  return path.join(outside, 'data')
}

/** An outside cluster stays with its data folder when that is moved, but not with a copy of it. */
function knownOutside(dataDir: string): string | null {
  const address = readAddress(dataDir)
  if (!address || address.cluster.startsWith(dataDir + path.sep) || !existsSync(address.cluster)) return null
  if (address.dataDir !== dataDir && existsSync(address.dataDir)) return null
  return address.cluster.startsWith(OUTSIDE) ? address.cluster : null
}

function outsideFolder() {
  mkdirSync(OUTSIDE, { recursive: true, mode: 0o755 })
  chmodSync(OUTSIDE, 0o755)
}

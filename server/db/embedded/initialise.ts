import { execFile } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { type Binaries, programOf } from '@/server/db/embedded/binaries'
import { asUser, type ServerUser } from '@/server/db/embedded/server-user'

const execute = promisify(execFile)

export const SUPERUSER = 'baton'

export type Cluster = { data: string; binaries: Binaries; user: ServerUser }

export const isInitialised = (data: string) => existsSync(path.join(data, 'PG_VERSION'))

/** Makes a new cluster with one user and one database, both `baton`. A half-made one is never left at `data`. */
export async function initialise(cluster: Cluster, password: string): Promise<void> {
  const { data, binaries, user } = cluster
  const draft = `${data}.draft`
  const passwordFile = `${data}.password`
  rmSync(draft, { recursive: true, force: true })
  ownedFolder(draft, user)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user.kind === 'other') chownSync(passwordFile, user.uid, user.gid)
  try {
    await initdb(binaries, user, ['-D', draft, `--pwfile=${passwordFile}`])
    await createDatabase({ ...cluster, data: draft })
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(draft, data)
}

export function ownedFolder(folder: string, user: ServerUser) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (user.kind === 'other') chownSync(folder, user.uid, user.gid)
}

export function refuseOtherVersion(cluster: Cluster) {
  const found = readFileSync(path.join(cluster.data, 'PG_VERSION'), 'utf8').trim()
  const own = cluster.binaries.version.split('.')[0]
  if (found === own) return
  throw new Error(
    `The database in ${cluster.data} was made by PostgreSQL ${found}; this Baton brings PostgreSQL ${own}. Dump it with the Baton that made it, or set DATABASE_URL.`,
  )
}

function initdb(binaries: Binaries, user: ServerUser, where: string[]) {
  const how = [
    `--username=${SUPERUSER}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Sorts by code point and knows upper and lower case, without depending on the machine's locales.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ]
  return execute(programOf(binaries, 'initdb'), [...where, ...how], { cwd: '/', env: serverEnv(), ...asUser(user) })
}

/** Single-user mode: no server, no port, no password needed. */
async function createDatabase({ data, binaries, user }: Cluster) {
  const pending = execute(programOf(binaries, 'postgres'), ['--single', '-D', data, 'postgres'], {
    cwd: '/',
    env: serverEnv(),
    ...asUser(user),
  })
  pending.child.stdin?.end(`CREATE DATABASE ${SUPERUSER};\n`)
  await pending
}

/** Nothing of our own environment: PG* variables would change what the programs do. */
export const serverEnv = (): NodeJS.ProcessEnv => ({
  NODE_ENV: 'production',
  PATH: '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
})

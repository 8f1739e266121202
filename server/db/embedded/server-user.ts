import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Whom PostgreSQL runs as: this process's own user, or (it refuses root) another one. */
export type ServerUser = { kind: 'self' } | { kind: 'other'; name: string; uid: number; gid: number }

export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return { kind: 'self' }
  const known = lookUp('baton') ?? create('baton') ?? lookUp('postgres') ?? lookUp('nobody')
  if (!known) {
    throw new Error(
      'PostgreSQL refuses to run as root, and there is no user "baton", "postgres" or "nobody" to run it as. Start Baton as an ordinary user, or set DATABASE_URL.',
    )
  }
  return known
}

export const asUser = (user: ServerUser) => (user.kind === 'self' ? {} : { uid: user.uid, gid: user.gid })

/** Whether that user gets at all of these paths: folders to write in, files to execute. */
export function canReach(user: ServerUser, paths: { write: string[]; execute: string[] }): boolean {
  if (user.kind === 'self') return true
  const tests = [
    ...paths.write.map((path) => ['-w', path] as const),
    ...paths.execute.map((path) => ['-x', path] as const),
  ]
  return tests.every(([mode, path]) => {
    const { status } = spawnSync('/bin/sh', ['-c', 'test "$0" "$1"', mode, path], { cwd: '/', ...asUser(user) })
    return status === 0
  })
}

function lookUp(name: string): ServerUser | null {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [user, , uid, gid] = line.split(':')
    if (user === name) return { kind: 'other', name, uid: Number(uid), gid: Number(gid) }
  }
  return null
}

function create(name: string): ServerUser | null {
  const options = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent']
  const { status } = spawnSync('useradd', [...options, '--shell', '/usr/sbin/nologin', name], { stdio: 'ignore' })
  return status === 0 ? lookUp(name) : null
}

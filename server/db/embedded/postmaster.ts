import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { programOf } from '@/server/db/embedded/binaries'
import { type Cluster, serverEnv } from '@/server/db/embedded/initialise'
import { commandLine, isRunning, until } from '@/server/db/embedded/process'
import { asUser } from '@/server/db/embedded/server-user'

export type Postmaster = { pid: number; port: number }

/** What PostgreSQL itself wrote into its pid file, whether or not that process still lives. */
export function recordedPostmaster(data: string): (Postmaster & { ready: boolean }) | null {
  const file = path.join(data, 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return null
  return { pid, port: Number(lines[3] ?? 0), ready: (lines[7] ?? '').trim() === 'ready' }
}

/** A live server of exactly this cluster: the pid alone may meanwhile belong to anything. */
export function livePostmaster(data: string): Postmaster | null {
  const recorded = recordedPostmaster(data)
  if (!recorded || !isRunning(recorded.pid)) return null
  return commandLine(recorded.pid).includes(data) ? recorded : null
}

/**
 * Starts the server in a process group of its own (Ctrl-C in the terminal must not reach it before Baton is done with
 * it) and returns when it takes connections.
 */
export async function startPostmaster(
  cluster: Cluster,
  settings: Record<string, string>,
  wantedPort: number | null,
): Promise<Postmaster> {
  const deadline = performance.now() + 60_000
  let port = wantedPort ?? (await freePort())
  for (;;) {
    const outcome = await launch(cluster, { ...settings, port: String(port) })
    if (outcome.kind === 'ready') return { pid: outcome.pid, port }
    if (performance.now() > deadline || outcome.kind === 'broken') {
      throw new Error(`The embedded PostgreSQL did not start. Its last words:\n${outcome.log}`)
    }
    if (outcome.kind === 'port_taken') port = await freePort()
    else {
      const other = livePostmaster(cluster.data)
      if (other && recordedPostmaster(cluster.data)?.ready) return other
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

type Launch = { kind: 'ready'; pid: number } | { kind: 'port_taken' | 'still_in_use' | 'broken'; log: string }

async function launch(cluster: Cluster, settings: Record<string, string>): Promise<Launch> {
  const log = logFile(cluster.data)
  const from = rotate(log)
  const output = openSync(log, 'a', 0o600)
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(programOf(cluster.binaries, 'postgres'), ['-D', cluster.data, ...options], {
    cwd: '/',
    env: serverEnv(),
    detached: true,
    stdio: ['ignore', output, output],
    ...asUser(cluster.user),
  })
  closeSync(output)
  const failed = new Promise<Error | null>((resolve) => {
    child.once('error', resolve)
    child.once('exit', () => resolve(null))
  })
  let over = false
  void failed.then(() => {
    over = true
  })
  await until(() => over || isReady(child, cluster.data), 60_000)
  child.unref()
  if (!over && child.pid !== undefined) return { kind: 'ready', pid: child.pid }
  const words = (await failed)?.message ?? readFileSync(log, 'utf8').slice(from).slice(-2_000)
  if (/Address already in use|could not bind/.test(words)) return { kind: 'port_taken', log: words }
  // After a kill -9 its backends outlive the server for a moment.
  if (/still in use|another server might be running|lock file .* already exists/.test(words)) {
    return { kind: 'still_in_use', log: words }
  }
  return { kind: 'broken', log: words }
}

function isReady(child: ChildProcess, data: string): boolean {
  const recorded = recordedPostmaster(data)
  return recorded !== null && recorded.pid === child.pid && recorded.ready
}

export type StopMode = 'fast' | 'immediate'

/** `fast` disconnects everybody and writes a checkpoint; `immediate` is a crash with recovery at the next start. */
export async function stopPostmaster(pid: number, mode: StopMode = 'fast'): Promise<void> {
  signal(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
  if (await until(() => !isRunning(pid), 30_000)) return
  signal(pid, 'SIGQUIT')
  if (await until(() => !isRunning(pid), 10_000)) return
  signal(pid, 'SIGKILL')
}

function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

export const logFile = (data: string) => `${data}.log`

/** Keeps one older log beside the current one; returns where the new lines will begin. */
function rotate(log: string): number {
  if (!existsSync(log)) return 0
  const { size } = statSync(log)
  if (size < 5_000_000) return size
  renameSync(log, `${log}.1`)
  return 0
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { freePort } from '@/server/db/embedded/postmaster'
import { until } from '@/server/db/embedded/process'
import { freshDatabase } from '@/server/db/testing/fresh-database'
import { projectRoot } from '@/server/project-root'

export type Settings = Record<string, string>

export type BatonProcess = {
  child: ChildProcess
  /** Everything it has printed so far. */
  output(): string
  ended: Promise<number | null>
}

export type RunningBaton = {
  origin: string
  pid: number
  dataDir: string
  /** With these, the command line speaks to this server. */
  settings: Settings
  output(): string
  stop(): Promise<void>
}

const node = path.join(projectRoot, 'node_modules/.bin/node')

/** Nothing that the person at this machine has set for a Baton of their own. */
const environment = (settings: Settings): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(BATON_|OPENAI_|DATABASE_URL|PORT|HOST$)/.test(name)),
  ),
  NODE_ENV: 'production',
  ...settings,
})

/** The built server (dist/main.mjs), as `npm start` runs it, in a process group of its own. */
export const launchBaton = (settings: Settings): BatonProcess => launch('dist/main.mjs', settings)

function launch(file: string, settings: Settings, words: readonly string[] = []): BatonProcess {
  const child = spawn(node, [path.join(projectRoot, file), ...words], {
    env: environment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  return { child, output: () => output, ended: new Promise((resolve) => child.once('close', resolve)) }
}

export const hasEnded = ({ child }: BatonProcess) => child.exitCode !== null || child.signalCode !== null

/** Waits until it has said where it listens and answers there. */
export async function untilReady(baton: BatonProcess, origin: string): Promise<void> {
  const answers = () =>
    fetch(`${origin}/api/v1/ready`).then(
      (response) => response.ok,
      () => false,
    )
  const isUp = async () => hasEnded(baton) || (/listens on/.test(baton.output()) && (await answers()))
  if ((await until(isUp, 30_000, 25)) && !hasEnded(baton)) return
  killGroup(baton)
  throw new Error(`Baton did not start:\n${baton.output()}`)
}

/** What a power cut or `kill -9` of a terminal does: nobody in the process group can say goodbye. */
export function killGroup({ child }: BatonProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It was gone already.
  }
}

export async function stopBaton(baton: BatonProcess): Promise<number | null> {
  if (!hasEnded(baton)) baton.child.kill('SIGTERM')
  return baton.ended
}

export const freshFolder = () => mkdtempSync(path.join(tmpdir(), 'baton-e2e-'))

/** On a database and a data folder of its own. */
export async function startBaton(more: Settings = {}): Promise<RunningBaton & { databaseUrl: string }> {
  const database = await freshDatabase()
  const folder = freshFolder()
  const settings = {
    PORT: String(await freePort()),
    BATON_DATA_DIR: folder,
    DATABASE_URL: database.url,
    ...more,
  }
  const origin = `http://127.0.0.1:${settings.PORT}`
  const baton = launchBaton(settings)
  const stop = async () => {
    await stopBaton(baton)
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  }
  await untilReady(baton, origin).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return {
    origin,
    pid: baton.child.pid ?? 0,
    dataDir: folder,
    settings,
    databaseUrl: database.url,
    output: baton.output,
    stop,
  }
}

/** As a newcomer starts it: the PostgreSQL that it brings along, in this data folder. */
export async function startWithOwnDatabase(dataDir: string, more: Settings = {}) {
  const settings = { PORT: String(await freePort()), BATON_DATA_DIR: dataDir, ...more }
  const origin = `http://127.0.0.1:${settings.PORT}`
  const baton = launchBaton(settings)
  await untilReady(baton, origin)
  return { ...baton, origin, dataDir, settings, stop: () => stopBaton(baton), kill: () => killGroup(baton) }
}

export type CommandEnd = { code: number | null; out: string; err: string }

/** `npm run -s baton -- …`, after what it builds is built, in a process group of its own. */
export function beginCommand(settings: Settings, ...words: string[]): BatonProcess {
  return launch('dist/cli.mjs', settings, words)
}

/** `npm run -s baton -- …`, after what it builds is built. */
export async function runCommand(settings: Settings, ...words: string[]): Promise<CommandEnd> {
  const child = spawn(node, [path.join(projectRoot, 'dist/cli.mjs'), ...words], {
    env: environment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, out, err }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { serverBuildOptions } from '@/scripts/build-server.mjs'
import { projectRoot } from '@/server/project-root'

export type Bundle = { file: string; remove: () => void }

/** The worker as it is shipped, built from the source at hand. */
export async function buildWorker(): Promise<Bundle> {
  const folder = path.join(projectRoot, 'node_modules', '.cache', 'baton', `worker-${process.pid}`)
  const options = serverBuildOptions(folder)
  const entryPoints = options.entryPoints.filter(({ out }) => out === 'worker' || out === 'sandbox-child')
  await build({ ...options, entryPoints })
  return { file: path.join(folder, 'worker.mjs'), remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export type WorkerOptions = {
  bundle: Bundle
  databaseUrl: string
  modelUrl?: string
  allowPrivate?: string
  env?: { [name: string]: string }
}

export type Worker = {
  pid: number
  process: ChildProcess
  /** Resolves with the milliseconds that it took, or null when the worker ended before. */
  ready: Promise<number | null>
  /** What ended it: an exit code or a signal. */
  ended: Promise<number | NodeJS.Signals>
  /** Lines on standard error. */
  said: string[]
}

/** A worker in a process of its own. */
export function startWorker({ bundle, databaseUrl, modelUrl, allowPrivate, env = {} }: WorkerOptions): Worker {
  const began = performance.now()
  const child = spawn(process.execPath, [bundle.file], {
    cwd: projectRoot,
    // Nothing of the test's own environment: what is set here is all that the worker sees.
    env: {
      NODE_ENV: 'production',
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      BATON_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      ...(modelUrl ? { OPENAI_BASE_URL: modelUrl, OPENAI_API_KEY: 'sk-test', OPENAI_MODEL: 'test-model' } : {}),
      ...(allowPrivate ? { BATON_ALLOW_PRIVATE: allowPrivate } : {}),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line))
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? code ?? 0))
  })
  const ready = new Promise<number | null>((resolve) => {
    child.stdout.once('data', () => resolve(performance.now() - began))
    void ended.then(() => resolve(null))
  })
  return { pid: child.pid ?? 0, process: child, ready, ended, said }
}

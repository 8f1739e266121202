import { spawn } from 'node:child_process'
import path from 'node:path'
import { projectRoot } from '@/server/project-root'
import packageJson from '../../package.json' with { type: 'json' }

export type Launch = { dataDir: string; env: Record<string, string>; nodeOptions?: readonly string[] }

export type Launched = {
  pid: number
  /** Its last words once it has ended, null before. */
  ended: () => string | null
  stop: () => Promise<void>
}

/** Beside this very bundle. */
const server = () => path.join(path.dirname(process.argv[1] ?? path.join(projectRoot, 'dist', 'bench.mjs')), 'main.mjs')

/** What `npm start` tells Node. */
const startFlags = packageJson.scripts.start.match(/--max-[\w-]+=\d+/g) ?? []

/** Starts the built server with none of the caller's settings: a bench that depends on them says nothing. */
export function launch({ dataDir, env, nodeOptions = [] }: Launch): Launched {
  const { PATH, HOME, TMPDIR, LANG } = process.env
  const kept = Object.entries({ PATH, HOME, TMPDIR, LANG }).filter(([, value]) => value !== undefined)
  const child = spawn(process.execPath, [...startFlags, ...nodeOptions, server()], {
    cwd: projectRoot,
    env: {
      ...Object.fromEntries(kept),
      NODE_ENV: 'production',
      BATON_DATA_DIR: dataDir,
      BATON_LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let words = ''
  let isOver = false
  child.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-4_000)
  })
  const exited = new Promise<void>((resolve) =>
    child.once('exit', () => {
      isOver = true
      resolve()
    }),
  )
  return {
    pid: child.pid ?? 0,
    ended: () => (isOver ? words : null),
    stop: async () => {
      if (!isOver) child.kill('SIGTERM')
      await exited
    },
  }
}

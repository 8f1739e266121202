import { spawn } from 'node:child_process'
import { context } from 'esbuild'
import { serverBuildOptions } from './build-server.mjs'
import { at, childEnv, node24 } from './lib/project.mjs'

// The pages reload themselves (Next's dev server runs inside the process); a change in server code restarts it.
const options = serverBuildOptions(at('dist', 'dev'), 'development')
let server = null
let stopping = false

function start() {
  const env = childEnv({ NODE_ENV: 'development' })
  const child = spawn(node24, ['--enable-source-maps', at('dist', 'dev', 'main.mjs')], { stdio: 'inherit', env })
  server = child
  child.on('exit', (code) => {
    if (server !== child) return
    server = null
    if (stopping) process.exit(code ?? 0)
    console.log('[dev] the server has ended; it starts again when a file changes')
  })
}

async function restart() {
  const old = server
  server = null
  if (old) {
    const ended = new Promise((resolve) => old.once('exit', resolve))
    old.kill('SIGTERM')
    await ended
  }
  if (!stopping) start()
}

let queue = Promise.resolve()
const restartAfterBuild = {
  name: 'restart-after-build',
  setup(build) {
    build.onEnd((result) => {
      if (result.errors.length === 0) queue = queue.then(restart)
    })
  },
}

const watcher = await context({ ...options, plugins: [restartAfterBuild] })

// Ctrl-C reaches the server by itself, through the process group; a plain `kill` reaches only this process.
function stop(signal) {
  if (stopping) return
  stopping = true
  void watcher.dispose()
  if (!server) process.exit(0)
  if (signal === 'SIGTERM') server.kill('SIGTERM')
}
process.on('SIGINT', () => stop('SIGINT'))
process.on('SIGTERM', () => stop('SIGTERM'))

await watcher.watch()

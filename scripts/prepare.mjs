// Runs on any Node ≥ 20 with nothing installed. The npm scripts call it and then `exec` the project's own Node 24, so
// that no wrapper process stays between npm and the server (one process less in memory, one less to pass signals on).
import { runningAddress } from './lib/holder.mjs'
import { prepare } from './lib/prepare.mjs'

const COMMANDS = {
  start: { parts: ['server', 'pages'], output: 'show' },
  build: { parts: ['server', 'pages'], output: 'show' },
  dev: { parts: [], output: 'show' },
  bench: { parts: ['server', 'pages'], output: 'stderr' },
  cli: { parts: ['server'], output: 'quiet' },
}

const name = process.argv[2] ?? 'start'
const command = COMMANDS[name]
if (!command) {
  console.error(`prepare: unknown command "${name}"; known: ${Object.keys(COMMANDS).join(', ')}`)
  process.exit(2)
}

const address = name === 'start' || name === 'dev' ? runningAddress() : null
if (address) {
  console.error(`Baton is already running with this data folder: ${address}`)
  process.exit(1)
}

const write = { show: console.log, stderr: console.error, quiet: () => {} }[command.output]
try {
  await prepare(command.parts, { log: (line) => write(`baton: ${line}`), output: command.output })
} catch (error) {
  console.error(`baton: ${error.message}`)
  process.exit(1)
}

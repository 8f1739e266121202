import { runCli } from '@/server/cli/cli'
import { outliveTerminal } from '@/server/signals'

outliveTerminal()

process.exitCode = await runCli(process.argv.slice(2), process.env, {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
})

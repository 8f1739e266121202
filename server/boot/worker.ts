import { assemble } from '@/server/boot/assemble'
import { createLog } from '@/server/boot/log'
import { createOpened } from '@/server/boot/opened'
import { migrate } from '@/server/db/migrate'
import { readEnv } from '@/server/env'
import { loadSecretKey } from '@/server/secrets/secret-key'
import { onStopSignal, outliveTerminal } from '@/server/signals'
import { endOnUnexpected } from '@/server/unexpected'

/** A process that only drives runs: no pages, no sockets, no address. Several of them share one PostgreSQL. */
export async function runWorker(): Promise<void> {
  outliveTerminal()
  const reading = readEnv({ ...process.env, BATON_ROLE: 'worker' })
  if (!reading.ok) throw new Error(reading.problems.join('\n'))
  const { env } = reading
  const { databaseUrl } = env
  if (databaseUrl === null)
    throw new Error('A worker needs DATABASE_URL: it shares the PostgreSQL of the other processes.')
  const log = createLog(env.logLevel)
  const opened = createOpened()
  endOnUnexpected(log.report, opened.close)

  await migrate(databaseUrl)
  const assembled = await assemble({
    databaseUrl,
    secretKey: loadSecretKey(env),
    openai: env.openai,
    allowPrivate: env.allowPrivate,
    simulatedPace: 1,
    limits: env.limits,
    report: log.report,
    runtime: { works: true },
  })
  opened.add(assembled.close)
  onStopSignal(async () => {
    log.info('Stopping: runs that are under way are handed over.')
    await opened.close()
    process.exit(0)
  })
  log.info('This worker drives runs.')
  // For whoever started it and waits: a parent process, a service manager, a test.
  process.stdout.write('ready\n')
}

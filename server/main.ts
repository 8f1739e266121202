import { assemble } from '@/server/boot/assemble'
import { type Database, openDatabase, Taken } from '@/server/boot/database'
import { createLog, type Log } from '@/server/boot/log'
import { createOpened, type Opened } from '@/server/boot/opened'
import { openWeb } from '@/server/boot/web'
import { type Env, readEnv } from '@/server/env'
import { warmUp } from '@/server/models/openai/client'
import { ensureFirstWorkspace } from '@/server/people/ensure-first-workspace'
import { linkMinutes, makeSignInLink, signInUrl } from '@/server/people/make-sign-in-link'
import { loadSecretKey } from '@/server/secrets/secret-key'
import { onStopSignal, outliveTerminal } from '@/server/signals'
import { endOnUnexpected } from '@/server/unexpected'
import packageJson from '../package.json' with { type: 'json' }

/** Behind the first answers of a start, before the first call of a model. */
const warmUpAfterMs = 1_000

async function main(): Promise<void> {
  outliveTerminal()
  const reading = readEnv(process.env)
  if (!reading.ok) return giveUp(reading.problems.join('\n'))
  const { env } = reading
  const log = createLog(env.logLevel)
  const opened = createOpened()
  endOnUnexpected(log.report, opened.close)

  const database = await openDatabase(env, log)
  opened.add(database.stop)
  try {
    await serve(env, log, database, opened)
  } catch (error) {
    await opened.close()
    throw error
  }
}

async function serve(env: Env, log: Log, database: Database, opened: Opened): Promise<void> {
  const assembled = await assemble({
    databaseUrl: database.url,
    secretKey: loadSecretKey(env),
    openai: env.openai,
    allowPrivate: env.allowPrivate,
    simulatedPace: 1,
    limits: env.limits,
    report: log.report,
    runtime: { works: env.role !== 'web', alone: database.alone },
  })
  opened.add(assembled.close)
  const owner = await ensureFirstWorkspace(assembled.deps.db)
  const web = env.role === 'worker' ? null : await openWeb(assembled.deps, env, packageJson.version).catch(portTaken)
  if (web) opened.add(web.close)

  onStopSignal(async () => {
    log.info('Stopping: runs that are under way are handed over.')
    await opened.close()
    process.exit(0)
  })

  if (env.openai.apiKey || env.openai.baseUrl) setTimeout(warmUp, warmUpAfterMs).unref()
  if (!web) return log.info('This process drives runs; it has no address.')
  database.announce(web.address)
  const link = signInUrl(env.publicUrl ?? web.address, await makeSignInLink(assembled.deps.db, owner))
  console.log(`
Baton listens on ${web.address}

  Sign in with this link (once, within ${linkMinutes} minutes):
  ${link}

  Another one:  npm run -s baton -- link
`)

  function portTaken(error: unknown): never {
    if ((error as { code?: unknown }).code !== 'EADDRINUSE') throw error
    throw new Taken(`Port ${env.port} is in use by another program. Choose another one: PORT=3001 npm start`)
  }
}

function giveUp(text: string): void {
  console.error(text)
  process.exit(1)
}

main().catch((error: unknown) =>
  giveUp(
    error instanceof Taken ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error),
  ),
)

import { notRunning } from '@/server/cli/cli-error'
import { type Context, serverAddress, withDatabase } from '@/server/cli/context'
import { ensureFirstWorkspace } from '@/server/people/ensure-first-workspace'
import { makeSignInLink, signInUrl } from '@/server/people/make-sign-in-link'

export async function link(context: Context): Promise<number> {
  const { env } = context
  // With a database of its own the server may run on another machine, so only its settings say where.
  const address =
    env.publicUrl ?? serverAddress(context) ?? (env.databaseUrl === null ? null : `http://${env.host}:${env.port}`)
  if (address === null) throw notRunning()
  const token = await withDatabase(context, async (db) => makeSignInLink(db, await ensureFirstWorkspace(db)))
  context.out(signInUrl(address, token))
  return 0
}

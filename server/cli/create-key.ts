import { CliError } from '@/server/cli/cli-error'
import { type Context, withDatabase } from '@/server/cli/context'
import { roles } from '@/server/people/actor'
import { addKey } from '@/server/people/create-key'
import { ensureFirstWorkspace } from '@/server/people/ensure-first-workspace'

/** Prints the key and nothing else, so that a script can take it. */
export async function createKeyCommand(
  context: Context,
  { name, role: wanted = 'admin' }: { name: string | undefined; role: string | undefined },
): Promise<number> {
  if (!name?.trim()) throw new CliError('The key needs a name.', ['baton keys create --name ci'])
  const role = roles.find((each) => each === wanted)
  if (!role) throw new CliError(`There is no role ${wanted}.`, [`Roles: ${roles.join(', ')}`])
  const made = await withDatabase(context, async (db) => {
    const { workspaceId, userId } = await ensureFirstWorkspace(db)
    return addKey(db, { workspaceId, createdBy: userId, name: name.trim().slice(0, 100), role })
  })
  context.out(made.key)
  return 0
}

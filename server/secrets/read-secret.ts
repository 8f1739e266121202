import { aboutSecret } from '@/server/secrets/secret-view'
import type { Deps } from '@/server/use-case'

/** For the runtime, at the moment in which a request needs it. No use case and no answer ever holds what this returns. */
export async function readSecret(
  { db, sealer }: Pick<Deps, 'db' | 'sealer'>,
  workspaceId: string,
  name: string,
): Promise<string | null> {
  const row = await db.secret.findUnique({ where: { workspaceId_name: { workspaceId, name } } })
  return row && sealer.open(row.value, aboutSecret(workspaceId, name))
}

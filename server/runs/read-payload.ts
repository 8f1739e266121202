import type { Json } from '@/engine/json'
import type { Deps } from '@/server/use-case'

/** A value that was too large for its event. */
export async function readPayload({ db }: Pick<Deps, 'db'>, workspaceId: string, hash: string): Promise<Json> {
  const row = await db.payload.findUnique({ where: { workspaceId_hash: { workspaceId, hash } } })
  return row === null ? null : (JSON.parse(row.body) as Json)
}

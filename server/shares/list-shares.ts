import { z } from 'zod'
import { ShareOptions, ShownOptions } from '@/engine/share/options'
import { pageOf, paging, readCursor } from '@/server/cursor'
import type { ShareRow } from '@/server/db/prisma'
import { olderThan } from '@/server/older-than'
import { done } from '@/server/refusal'
import { originsOf } from '@/server/shares/find-share'
import type { ShareView } from '@/server/shares/share-view'
import { forRole } from '@/server/use-case'

export const ListShares = z.strictObject(paging)

export const listShares = forRole(
  'editor',
  async ({ db }, { workspaceId }, { cursor, limit }: z.infer<typeof ListShares>) => {
    const after = cursor === undefined ? null : readCursor(cursor)
    const rows = await db.share.findMany({
      where: { workspaceId, ...olderThan('createdAt', after) },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    })
    const { items, nextCursor } = pageOf(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }))
    return done({ items: items.map(viewShare), nextCursor })
  },
)

const viewShare = (row: ShareRow): ShareView => ({
  id: row.id,
  kind: row.kind === 'workflow' ? 'workflow' : 'run',
  runId: row.runId,
  workflowId: row.workflowId,
  name: row.name,
  options: ShownOptions.safeParse(row.options).data ?? ShownOptions.parse(ShareOptions.parse({})),
  hasPassword: row.passwordHash !== null,
  embedOrigins: originsOf(row.embedOrigins),
  createdBy: row.sharedBy,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  state: stateOf(row),
  views: row.views,
  lastViewedAt: row.lastViewedAt?.toISOString() ?? null,
})

function stateOf({ revokedAt, expiresAt }: ShareRow): ShareView['state'] {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && expiresAt.getTime() <= Date.now() ? 'expired' : 'open'
}

import { z } from 'zod'
import { pageOf, paging, readCursor } from '@/server/cursor'
import { olderThan } from '@/server/older-than'
import { done } from '@/server/refusal'
import { viewSecret } from '@/server/secrets/secret-view'
import { forRole } from '@/server/use-case'

export const ListSecrets = z.strictObject(paging)

export const listSecrets = forRole(
  'editor',
  async ({ db }, { workspaceId }, { cursor, limit }: z.infer<typeof ListSecrets>) => {
    const after = cursor === undefined ? null : readCursor(cursor)
    const rows = await db.secret.findMany({
      where: { workspaceId, ...olderThan('createdAt', after) },
      select: { id: true, name: true, createdAt: true, updatedAt: true },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    })
    const { items, nextCursor } = pageOf(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }))
    return done({ items: items.map(viewSecret), nextCursor })
  },
)

import { z } from 'zod'
import { pageOf, paging, readCursor } from '@/server/cursor'
import { olderThan } from '@/server/older-than'
import { acceptedNow } from '@/server/people/accepted-key'
import { viewKey } from '@/server/people/key-view'
import { done } from '@/server/refusal'
import { forRole } from '@/server/use-case'

export const ListKeys = z.strictObject(paging)

export const listKeys = forRole(
  'admin',
  async ({ db }, { workspaceId }, { cursor, limit }: z.infer<typeof ListKeys>) => {
    const after = cursor === undefined ? null : readCursor(cursor)
    const rows = await db.apiKey.findMany({
      where: { workspaceId, ...acceptedNow(), ...olderThan('createdAt', after) },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    })
    const { items, nextCursor } = pageOf(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }))
    return done({ items: items.map(viewKey), nextCursor })
  },
)

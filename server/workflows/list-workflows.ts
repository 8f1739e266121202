import { z } from 'zod'
import { pageOf, paging, readCursor } from '@/server/cursor'
import { olderThan } from '@/server/older-than'
import { done } from '@/server/refusal'
import { forRole } from '@/server/use-case'
import { rowFields, viewWorkflow } from '@/server/workflows/workflow-view'

export const ListWorkflows = z.strictObject({
  ...paging,
  search: z.string().max(200).optional().describe('Part of the name or slug.'),
})

export const listWorkflows = forRole(
  'viewer',
  async ({ db }, { workspaceId }, { cursor, limit, search }: z.infer<typeof ListWorkflows>) => {
    const after = cursor === undefined ? null : readCursor(cursor)
    const part = { contains: likeText(search ?? ''), mode: 'insensitive' as const }
    const rows = await db.workflow.findMany({
      where: {
        workspaceId,
        deletedAt: null,
        ...(search ? { OR: [{ name: part }, { slug: part }] } : {}),
        ...olderThan('updatedAt', after),
      },
      select: rowFields,
      orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    })
    const { items, nextCursor } = pageOf(rows, limit, ({ updatedAt, id }) => ({ at: updatedAt, id }))
    return done({ items: items.map(viewWorkflow), nextCursor })
  },
)

/** Prisma passes `%` and `_` on to LIKE. */
const likeText = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

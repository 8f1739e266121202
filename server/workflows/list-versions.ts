import { z } from 'zod'
import { paging } from '@/server/cursor'
import { done, notFound } from '@/server/refusal'
import { forRole } from '@/server/use-case'
import { whereWorkflow } from '@/server/workflows/find-workflow'
import { workflowId } from '@/server/workflows/get-workflow'
import { publisherNames, viewVersion } from '@/server/workflows/version-view'

export const ListVersions = z.strictObject({
  id: workflowId,
  limit: paging.limit,
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'is no cursor of this list')
    .optional()
    .describe('`nextCursor` of the page before.'),
})

export const listVersions = forRole(
  'viewer',
  async ({ db }, actor, { id, limit, cursor }: z.infer<typeof ListVersions>) => {
    const workflow = await db.workflow.findFirst({ where: whereWorkflow(actor, id), select: { id: true } })
    if (!workflow) return notFound('workflow')
    const rows = await db.workflowVersion.findMany({
      where: { workflowId: workflow.id, ...(cursor === undefined ? {} : { version: { lt: Number(cursor) } }) },
      orderBy: { version: 'desc' },
      take: limit + 1,
    })
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    const names = await publisherNames(db, items)
    return done({
      items: items.map((row) => viewVersion(row, names)),
      nextCursor: rows.length > limit && last ? String(last.version) : null,
    })
  },
)

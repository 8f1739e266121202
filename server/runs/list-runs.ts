import { z } from 'zod'
import { pageOf, paging, readCursor } from '@/server/cursor'
import { olderThan } from '@/server/older-than'
import { done } from '@/server/refusal'
import { RunListItem, runListFields, viewListItem } from '@/server/runs/run-list-item'
import { runStatuses } from '@/server/runs/run-view'
import { forRole } from '@/server/use-case'
import { isUuid } from '@/server/uuid'

const time = z.iso.datetime({ offset: true }).refine((text) => Date.parse(text) >= 0, 'must be a time since 1970')

export const ListRuns = z.strictObject({
  ...paging,
  status: z.enum(runStatuses).optional(),
  workflowId: z.string().optional(),
  since: time.optional().describe('Created at or after this time.'),
  until: time.optional().describe('Created before this time.'),
})

export const RunList = z.object({ items: z.array(RunListItem), nextCursor: z.string().nullable() })

export const listRuns = forRole('viewer', async ({ db }, { workspaceId }, input: z.infer<typeof ListRuns>) => {
  const { cursor, limit, status, workflowId, since, until } = input
  if (workflowId !== undefined && !isUuid(workflowId)) return done({ items: [], nextCursor: null })
  const rows = await db.run.findMany({
    where: {
      workspaceId,
      ...(status && { status }),
      ...(workflowId && { workflowId }),
      ...((since ?? until) && {
        createdAt: { ...(since && { gte: new Date(since) }), ...(until && { lt: new Date(until) }) },
      }),
      ...olderThan('createdAt', cursor === undefined ? null : readCursor(cursor)),
    },
    select: runListFields,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  })
  const { items, nextCursor } = pageOf(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }))
  const ids = [...new Set(items.flatMap((row) => row.workflowId ?? []))]
  const workflows = await db.workflow.findMany({
    where: { workspaceId, id: { in: ids } },
    select: { id: true, name: true },
  })
  const names = new Map(workflows.map(({ id, name }) => [id, name]))
  return done({ items: items.map((row) => viewListItem(row, names)), nextCursor })
})

import { z } from 'zod'
import { pageOf, paging, readCursor } from '@/server/cursor'
import { selectDeadIds } from '@/server/db/sql/causes'
import { cause, findCause } from '@/server/dead-letters/get-dead-letter'
import { done, notFound } from '@/server/refusal'
import { viewRunList } from '@/server/runs/list-runs'
import { runListFields } from '@/server/runs/run-list-item'
import { forRole } from '@/server/use-case'

export const ListDeadRuns = z.strictObject({ cause, ...paging })

/** The runs of one cause, the last one first. */
export const listDeadRuns = forRole('viewer', async (deps, actor, input: z.infer<typeof ListDeadRuns>) => {
  const { limit, cursor } = input
  const { workspaceId } = actor
  const after = cursor === undefined ? null : readCursor(cursor)
  if (!(await findCause(deps, actor, input.cause))) return notFound('cause')
  const found = await selectDeadIds(deps.db, workspaceId, { cause: input.cause, after, limit: limit + 1 })
  const { items, nextCursor } = pageOf(found, limit, (row) => row)
  const rows = await deps.db.run.findMany({
    where: { workspaceId, id: { in: items.map(({ id }) => id) } },
    select: runListFields,
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  const inOrder = items.flatMap(({ id }) => byId.get(id) ?? [])
  return done({ items: await viewRunList(deps, workspaceId, inOrder), nextCursor })
})

import { z } from 'zod'
import { pageOf, paging, readCursor } from '@/server/cursor'
import { likeText } from '@/server/db/like-text'
import { selectGraphNames } from '@/server/db/sql/graph-names'
import { olderThan } from '@/server/older-than'
import { done } from '@/server/refusal'
import { idsLike } from '@/server/runs/ids-like'
import { RunListItem, type RunListRow, runListFields, viewListItem } from '@/server/runs/run-list-item'
import { runStatuses } from '@/server/runs/run-view'
import { type Deps, forRole } from '@/server/use-case'
import { isUuid } from '@/server/uuid'

/** `failed` or `failed,paused`: an address can say a name only once. */
function someOf<T extends string>(values: readonly T[]) {
  const one = `(?:${values.join('|')})`
  return z
    .string()
    .regex(new RegExp(`^${one}(?:,${one})*$`), {
      error: `must be one of ${values.join(', ')}, or several with commas between them`,
    })
    .transform((text) => text.split(',') as T[])
}

const time = z.iso.datetime({ offset: true }).refine((text) => Date.parse(text) >= 0, 'must be a time since 1970')

export const ListRuns = z.strictObject({
  ...paging,
  status: someOf(runStatuses).optional().describe('One state, or several with commas between them.'),
  workflowId: z.string().optional(),
  search: z.string().max(200).optional().describe('Part of the name of the workflow, or the beginning of the id.'),
  since: time.optional().describe('Created at or after this time.'),
  until: time.optional().describe('Created before this time.'),
})

export const RunList = z.object({ items: z.array(RunListItem), nextCursor: z.string().nullable() })

export const listRuns = forRole('viewer', async (deps, { workspaceId }, input: z.infer<typeof ListRuns>) => {
  const { cursor, limit, status, workflowId, search, since, until } = input
  if (workflowId !== undefined && !isUuid(workflowId)) return done({ items: [], nextCursor: null })
  const rows = await deps.db.run.findMany({
    where: {
      workspaceId,
      ...(status && { status: { in: status } }),
      ...(workflowId && { workflowId }),
      ...((since ?? until) && {
        createdAt: { ...(since && { gte: new Date(since) }), ...(until && { lt: new Date(until) }) },
      }),
      ...(search?.trim() ? await like(deps, workspaceId, search.trim()) : {}),
      ...olderThan('createdAt', cursor === undefined ? null : readCursor(cursor)),
    },
    select: runListFields,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  })
  const { items, nextCursor } = pageOf(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }))
  return done({ items: await viewRunList(deps, workspaceId, items), nextCursor })
})

/** Names are looked up first: few workflows, and an index that leads from each of them to its runs. */
async function like({ db }: Pick<Deps, 'db'>, workspaceId: string, search: string) {
  const named = await db.workflow.findMany({
    where: { workspaceId, name: { contains: likeText(search), mode: 'insensitive' } },
    select: { id: true },
  })
  const ids = idsLike(search)
  return { OR: [{ workflowId: { in: named.map(({ id }) => id) } }, ...(ids ? [{ id: ids }] : [])] }
}

/** Rows of runs with the names of their workflows, or of their graphs. */
export async function viewRunList(
  { db }: Pick<Deps, 'db'>,
  workspaceId: string,
  rows: readonly RunListRow[],
): Promise<RunListItem[]> {
  const ids = [...new Set(rows.flatMap((row) => row.workflowId ?? []))]
  const hashes = [...new Set(rows.flatMap((row) => (row.workflowId === null ? row.graphHash : [])))]
  const [workflows, graphs] = await Promise.all([
    db.workflow.findMany({ where: { workspaceId, id: { in: ids } }, select: { id: true, name: true } }),
    hashes.length === 0 ? [] : selectGraphNames(db, workspaceId, hashes),
  ])
  const names = new Map([...workflows, ...graphs].map(({ id, name }) => [id, name]))
  return rows.map((row) => viewListItem(row, names))
}

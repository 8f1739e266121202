import { z } from 'zod'
import { keysCursor, paging, readKeys, writeKeys } from '@/server/cursor'
import { likeText } from '@/server/db/like-text'
import { selectByLastRun } from '@/server/db/sql/by-last-run'
import { done } from '@/server/refusal'
import { type Deps, forRole } from '@/server/use-case'
import { isUuid } from '@/server/uuid'
import { rowFields, viewWorkflow, type WorkflowRow } from '@/server/workflows/workflow-view'

const sorts = ['updated', 'name', 'run'] as const

/** The first key is the sort that the cursor was made for: it means nothing in a list that is sorted otherwise. */
const isKey = ([sort = '', value = '', id = '', ...more]: readonly string[]) =>
  more.length === 0 &&
  isUuid(id) &&
  (sort === 'name' || ((sort === 'updated' || sort === 'run') && !Number.isNaN(Date.parse(value))))

export const ListWorkflows = z
  .strictObject({
    limit: paging.limit,
    cursor: keysCursor(isKey),
    search: z.string().max(200).optional().describe('Part of the name or slug.'),
    folder: z.string().max(100).optional().describe('Id of a folder; `none` for what is in no folder.'),
    sort: z.enum(sorts).default('updated').describe('Last changed, name, or last run.'),
  })
  .refine(({ cursor, sort }) => cursor === undefined || readKeys(cursor)?.[0] === sort, {
    path: ['cursor'],
    message: 'is a cursor of a list that is sorted otherwise',
  })
type Wish = z.infer<typeof ListWorkflows>

export const listWorkflows = forRole('viewer', async (deps, { workspaceId }, wish: Wish) => {
  const where = whereOf(workspaceId, wish)
  if (where === null) return done({ items: [], nextCursor: null })
  const rows = wish.sort === 'run' ? await byLastRun(deps, where, wish) : await byColumn(deps, where, wish)
  const page = rows.slice(0, wish.limit)
  const last = page.at(-1)
  return done({
    items: page.map(({ row }) => viewWorkflow(row)),
    nextCursor: rows.length > wish.limit && last ? writeKeys([wish.sort, last.key, last.row.id]) : null,
  })
})

type Where = NonNullable<ReturnType<typeof whereOf>>
type Sorted = { row: WorkflowRow; key: string }

function whereOf(workspaceId: string, { search, folder }: Wish) {
  if (folder !== undefined && folder !== 'none' && !isUuid(folder)) return null
  const part = { contains: likeText(search ?? ''), mode: 'insensitive' as const }
  return {
    workspaceId,
    deletedAt: null,
    ...(search ? { OR: [{ name: part }, { slug: part }] } : {}),
    ...(folder === undefined ? {} : { folderId: folder === 'none' ? null : folder }),
  }
}

async function byColumn({ db }: Deps, where: Where, { sort, cursor, limit }: Wish): Promise<Sorted[]> {
  const [, value, id = ''] = cursor === undefined ? [] : (readKeys(cursor) ?? [])
  const take = limit + 1
  if (sort === 'name') {
    const rows = await db.workflow.findMany({
      where: {
        ...where,
        ...(value === undefined ? {} : { AND: [{ OR: [{ name: { gt: value } }, { name: value, id: { gt: id } }] }] }),
      },
      select: rowFields,
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take,
    })
    return rows.map((row) => ({ row, key: row.name }))
  }
  const at = value === undefined ? null : new Date(value)
  const rows = await db.workflow.findMany({
    where: {
      ...where,
      ...(at === null ? {} : { AND: [{ OR: [{ updatedAt: { lt: at } }, { updatedAt: at, id: { lt: id } }] }] }),
    },
    select: rowFields,
    orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
    take,
  })
  return rows.map((row) => ({ row, key: row.updatedAt.toISOString() }))
}

async function byLastRun({ db }: Deps, where: Where, { cursor, limit, search, folder }: Wish): Promise<Sorted[]> {
  const [, value, id = ''] = cursor === undefined ? [] : (readKeys(cursor) ?? [])
  const isAll = !search && folder === undefined
  const ids = isAll ? null : (await db.workflow.findMany({ where, select: { id: true } })).map((row) => row.id)
  const after = value === undefined ? null : { at: new Date(value), id }
  const order = await selectByLastRun(db, { workspaceId: where.workspaceId, ids, after, limit: limit + 1 })
  const rows = await db.workflow.findMany({
    where: { ...where, id: { in: order.map((one) => one.id) } },
    select: rowFields,
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return order.flatMap((one) => {
    const row = byId.get(one.id)
    return row ? [{ row, key: one.at.toISOString() }] : []
  })
}

import { z } from 'zod'
import { ApprovalView, viewApprovals } from '@/server/approvals/approval-view'
import { keysCursor, paging, readKeys, writeKeys } from '@/server/cursor'
import { type After, selectWaitingPlaces } from '@/server/db/sql/waiting-places'
import { done } from '@/server/refusal'
import { forRole } from '@/server/use-case'
import { isUuid } from '@/server/uuid'

export const ListApprovals = z.strictObject({
  limit: paging.limit,
  cursor: keysCursor(
    ([since = '', runId = '', ...path]) => /^\d{1,15}(\.\d+)?$/.test(since) && isUuid(runId) && path.length === 1,
  ),
})

export const ApprovalList = z.object({ items: z.array(ApprovalView), nextCursor: z.string().nullable() })

/** Everything in the workspace that waits for a person, the longest waiting first. */
export const listApprovals = forRole(
  'viewer',
  async (deps, { workspaceId }, { limit, cursor }: z.infer<typeof ListApprovals>) => {
    const after = cursor === undefined ? null : afterOf(cursor)
    const rows = await selectWaitingPlaces(deps.db, workspaceId, { after, limit: limit + 1 })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return done({
      items: await viewApprovals(deps, workspaceId, page),
      nextCursor: rows.length > limit && last ? writeKeys([String(last.since), last.runId, last.path]) : null,
    })
  },
)

function afterOf(cursor: string): After | null {
  const [since, runId, path] = readKeys(cursor) ?? []
  return since === undefined || runId === undefined || path === undefined ? null : { since: Number(since), runId, path }
}

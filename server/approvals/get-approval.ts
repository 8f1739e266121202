import { z } from 'zod'
import { parsePath } from '@/engine/path'
import type { By, RunEvent } from '@/engine/run/events'
import { ApprovalView, viewApprovals } from '@/server/approvals/approval-view'
import { likeText } from '@/server/db/like-text'
import { type PlaceRow, selectWaitingPlace } from '@/server/db/sql/waiting-places'
import { done, notFound } from '@/server/refusal'
import { findRun } from '@/server/runs/find-run'
import { runId } from '@/server/runs/get-run'
import { type Deps, forRole } from '@/server/use-case'

export const GetApproval = z.strictObject({
  id: runId,
  path: z.string().max(2_000).describe('Where the run waits or has waited, as one URL-encoded segment.'),
})

const ByView = z.object({ type: z.string(), id: z.string().optional(), name: z.string().optional() })
export const ApprovalDetail = ApprovalView.extend({
  decided: z
    .object({
      decision: z.string().describe('`approved`, `rejected`, `timed_out`, `cancelled` or `closed` with the run.'),
      comment: z.string().nullable(),
      by: ByView.nullable().describe('Null when the run ended otherwise.'),
      at: z.string().nullable(),
    })
    .nullable()
    .describe('Null while it waits.'),
})
export type ApprovalDetail = z.infer<typeof ApprovalDetail>

/** One question, and how it was decided if it was. */
export const getApproval = forRole('viewer', async (deps, actor, { id, path }: z.infer<typeof GetApproval>) => {
  const run = parsePath(path) === null ? null : await findRun(deps, actor, id)
  if (!run) return notFound('run or waiting place')
  const [waiting] = await selectWaitingPlace(deps.db, run.workspaceId, run.id, path)
  const place = waiting ?? (await lastPlace(deps, run, path))
  const [view] = place ? await viewApprovals(deps, run.workspaceId, [place]) : []
  if (!view) return notFound('run or waiting place')
  return done<ApprovalDetail>({ ...view, decided: waiting ? null : await decisionOn(deps, view) })
})

type Run = Omit<PlaceRow, 'runId' | 'path' | 'wait' | 'since' | 'event'> & { id: string }

async function lastPlace({ db }: Deps, { id, ...run }: Run, path: string): Promise<PlaceRow | null> {
  const row = await db.runEvent.findFirst({
    where: {
      runId: id,
      event: { startsWith: `{"type":"node.waiting","path":"${likeText(path)}",` },
    },
    orderBy: { seq: 'desc' },
  })
  const event = row && (JSON.parse(row.event) as RunEvent)
  if (row === null || event?.type !== 'node.waiting') return null
  const { workflowId, version, graphHash, status } = run
  return {
    runId: id,
    workflowId,
    version,
    graphHash,
    status,
    path,
    wait: event.wait,
    since: event.at,
    event: row.event,
  }
}

async function decisionOn({ db }: Deps, { runId: id, path, wait }: ApprovalView): Promise<ApprovalDetail['decided']> {
  const row = await db.runCommand.findUnique({ where: { runId_path_wait: { runId: id, path, wait } } })
  const body = z.object({ decision: z.string(), comment: z.string().nullish() }).safeParse(row?.body).data
  // Another branch failed, and with it the run: nobody decided.
  if (!row || !body) return { decision: 'closed', comment: null, by: null, at: null }
  const by = row.by as unknown as By
  return { decision: body.decision, comment: body.comment ?? null, by, at: row.createdAt.toISOString() }
}

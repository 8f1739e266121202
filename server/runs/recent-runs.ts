import type { RunChange } from '@/server/live/protocol'
import { readStatus, readSummary, runListFields } from '@/server/runs/run-list-item'
import type { Deps } from '@/server/use-case'

/** For live lists: the newest runs of a workspace. Who may look at the workspace is decided before. */
export async function recentRuns({ db }: Pick<Deps, 'db'>, workspaceId: string): Promise<RunChange[]> {
  const rows = await db.run.findMany({
    where: { workspaceId },
    select: runListFields,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 50,
  })
  return rows.map(({ id, workflowId, status, startedAt, finishedAt, summary }) => ({
    id,
    workflowId,
    status: readStatus(status),
    startedAt: startedAt?.getTime() ?? null,
    finishedAt: finishedAt?.getTime() ?? null,
    usage: readSummary(summary).usage,
  }))
}

import { z } from 'zod'
import { selectLastRuns } from '@/server/db/sql/last-runs'
import { done } from '@/server/refusal'
import { readStatus } from '@/server/runs/run-list-item'
import type { RunView } from '@/server/runs/run-view'
import { forRole } from '@/server/use-case'

export const LastRuns = z.strictObject({ workflowIds: z.array(z.guid().toLowerCase()).max(200) })

export type LastRun = { id: string; status: RunView['status']; createdAt: string }

/** As many as fit into the strip of a card. */
const most = 14

/** By workflow, its last runs, the newest first. */
export const lastRuns = forRole(
  'viewer',
  async ({ db }, { workspaceId }, { workflowIds }: z.infer<typeof LastRuns>) => {
    const runs = new Map<string, LastRun[]>(workflowIds.map((id) => [id, []]))
    for (const { workflowId, id, status, createdAt } of await selectLastRuns(db, workspaceId, workflowIds, most)) {
      runs.get(workflowId)?.push({ id, status: readStatus(status), createdAt: createdAt.toISOString() })
    }
    return done({ runs: Object.fromEntries(runs) })
  },
)

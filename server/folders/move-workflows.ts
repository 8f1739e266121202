import { z } from 'zod'
import { moveWorkflowsSql } from '@/server/db/sql/move-workflows'
import { done, notFound } from '@/server/refusal'
import { forRole } from '@/server/use-case'
import { isUuid } from '@/server/uuid'

export const MoveWorkflows = z.strictObject({
  workflowIds: z.array(z.guid().toLowerCase()).min(1).max(200),
  folderId: z.string().max(100).nullable().describe('Null: into no folder.'),
})
export const Moved = z.object({ moved: z.int() })

/** All of them or, when one is not there, none. */
export const moveWorkflows = forRole(
  'editor',
  async ({ db }, { workspaceId }, { workflowIds, folderId }: z.infer<typeof MoveWorkflows>) => {
    const ids = [...new Set(workflowIds)]
    const folder =
      folderId === null ? 1 : isUuid(folderId) ? await db.folder.count({ where: { id: folderId, workspaceId } }) : 0
    if (folder === 0) return notFound('folder')
    const there = await db.workflow.count({ where: { workspaceId, deletedAt: null, id: { in: ids } } })
    if (there < ids.length) return notFound('workflow')
    return done({ moved: await moveWorkflowsSql(db, workspaceId, { ids, folderId }) })
  },
)

import { z } from 'zod'
import { done, notFound } from '@/server/refusal'
import { forRole } from '@/server/use-case'
import { findWorkflow } from '@/server/workflows/find-workflow'
import { workflowId } from '@/server/workflows/get-workflow'

export const DeleteWorkflow = z.strictObject({ id: workflowId })

/** Its runs stay, and so does the row; its slug becomes free. */
export const deleteWorkflow = forRole('editor', async (deps, actor, { id }: z.infer<typeof DeleteWorkflow>) => {
  const row = await findWorkflow(deps, actor, id)
  if (!row) return notFound('workflow')
  const { count } = await deps.db.workflow.updateMany({
    where: { id: row.id, workspaceId: actor.workspaceId, deletedAt: null },
    data: { deletedAt: new Date(), slug: `${row.slug}--${row.id}` },
  })
  deps.plans.published.clear()
  return count === 0 ? notFound('workflow') : done(null)
})

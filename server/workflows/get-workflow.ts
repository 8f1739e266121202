import { z } from 'zod'
import { done, notFound } from '@/server/refusal'
import { forRole } from '@/server/use-case'
import { findWorkflow } from '@/server/workflows/find-workflow'
import { graphOut, viewWorkflow, type WorkflowDetail } from '@/server/workflows/workflow-view'

export const workflowId = z.string().min(1).max(200).describe('Id or slug.')
export const GetWorkflow = z.strictObject({ id: workflowId })

export const getWorkflow = forRole('viewer', async (deps, actor, { id }: z.infer<typeof GetWorkflow>) => {
  const row = await findWorkflow(deps, actor, id)
  if (!row) return notFound('workflow')
  return done<WorkflowDetail>({
    ...viewWorkflow(row),
    graph: graphOut(row.draft),
    pins: row.pins,
    problems: deps.plans.ofGraph(row.draft).problems,
  })
})

import { z } from 'zod'
import type { Graph } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'
import { asColumn } from '@/server/db/json'
import { done, notFound, refuse } from '@/server/refusal'
import { forRole } from '@/server/use-case'
import { rawGraph, workflowName } from '@/server/workflows/create-workflow'
import { findWorkflow, whereWorkflow } from '@/server/workflows/find-workflow'
import { workflowId } from '@/server/workflows/get-workflow'
import { readDraft } from '@/server/workflows/read-draft'
import { graphOut, viewWorkflow, type WorkflowDetail, type WorkflowRow } from '@/server/workflows/workflow-view'

export const SaveWorkflow = z.strictObject({
  id: workflowId,
  graph: rawGraph,
  name: workflowName.optional().describe('Replaces the name in the graph.'),
  revision: z
    .int()
    .positive()
    .max(2_147_483_647)
    .optional()
    .describe('The one that was edited; a newer one in the database answers 409.'),
})

export const saveWorkflow = forRole('editor', async (deps, actor, input: z.infer<typeof SaveWorkflow>) => {
  const { id, revision } = input
  const draft = readDraft(input.graph, input.name)
  if (!draft.ok) return draft
  const [saved] = await deps.db.workflow.updateManyAndReturn({
    where: { ...whereWorkflow(actor, id), ...(revision === undefined ? {} : { revision }) },
    data: { draft: asColumn(draft.value), name: draft.value.name, revision: { increment: 1 } },
  })
  if (saved) return done(detail(saved, draft.value, deps.plans.ofGraph(draft.value).problems))
  const current = await findWorkflow(deps, actor, id)
  if (!current) return notFound('workflow')
  return refuse('stale_revision', `Somebody saved revision ${current.revision} meanwhile; yours was ${revision}.`, {
    extra: { revision: current.revision, graph: graphOut(current.draft) as unknown as Json },
  })
})

const detail = (row: WorkflowRow, graph: Graph, problems: WorkflowDetail['problems']): WorkflowDetail => ({
  ...viewWorkflow(row),
  graph: graphOut(graph),
  problems,
})

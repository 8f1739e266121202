import type { z } from 'zod'
import { ShareOptions } from '@/engine/share/options'
import type { Actor } from '@/server/people/actor'
import { notFound } from '@/server/refusal'
import { makeShare, type NewSubject } from '@/server/shares/make-share'
import { type Deps, forRole } from '@/server/use-case'
import { findWorkflow } from '@/server/workflows/find-workflow'
import { workflowId } from '@/server/workflows/get-workflow'
import { keepGraph } from '@/server/workflows/load-graph'

export const ShareWorkflow = ShareOptions.extend({ id: workflowId })

/** Makes a link to a workflow as it is drawn at this moment. What is drawn later is not shown by it. */
export const shareWorkflow = forRole(
  'editor',
  async (deps, actor, { id, ...options }: z.infer<typeof ShareWorkflow>) => {
    const subject = await findSharedWorkflow(deps, actor, id)
    return subject ? makeShare(deps, actor, subject, options) : notFound('workflow')
  },
)

export async function findSharedWorkflow(deps: Deps, actor: Actor, id: string): Promise<NewSubject | null> {
  const workflow = await findWorkflow(deps, actor, id)
  if (!workflow) return null
  const compiled = deps.plans.ofGraph(workflow.draft)
  await keepGraph(deps, actor.workspaceId, compiled)
  const { hash: graphHash, graph } = compiled
  return { kind: 'workflow', runId: null, workflowId: workflow.id, graphHash, name: workflow.name, graph }
}

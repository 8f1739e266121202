import type { Graph } from '@/engine/graph/schema'
import type { Pins } from '@/engine/plan/pins'
import type { Actor } from '@/server/people/actor'
import type { Deps } from '@/server/use-case'
import { isUuid } from '@/server/uuid'
import type { WorkflowRow } from '@/server/workflows/workflow-view'

export type WorkflowWithDraft = WorkflowRow & { draft: Graph; pins: Pins }

type Where = { workspaceId: string; deletedAt: null } & ({ id: string } | { slug: string })

/** By id or by slug, in the actor's workspace only. */
export const whereWorkflow = ({ workspaceId }: Pick<Actor, 'workspaceId'>, idOrSlug: string): Where => ({
  workspaceId,
  deletedAt: null,
  ...(isUuid(idOrSlug) ? { id: idOrSlug } : { slug: idOrSlug }),
})

export async function findWorkflow(
  { db }: Pick<Deps, 'db'>,
  actor: Actor,
  idOrSlug: string,
): Promise<WorkflowWithDraft | null> {
  const row = await db.workflow.findFirst({ where: whereWorkflow(actor, idOrSlug) })
  return row && { ...row, draft: row.draft as unknown as Graph, pins: row.pins as unknown as Pins }
}

import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Graph } from '@/engine/graph/schema'
import { isTaken } from '@/server/db/is-taken'
import { asColumn } from '@/server/db/json'
import type { Actor } from '@/server/people/actor'
import { done } from '@/server/refusal'
import { type Deps, forRole } from '@/server/use-case'
import { readDraft } from '@/server/workflows/read-draft'
import { freeSlug, slugOf } from '@/server/workflows/slug'
import { graphOut, viewWorkflow, type WorkflowDetail } from '@/server/workflows/workflow-view'

export const workflowName = z.string().trim().min(1).max(200)
export const rawGraph = z.unknown().meta({ $ref: '/schema/graph.v1.json' })

export const CreateWorkflow = z.strictObject({
  name: workflowName.optional().describe('Replaces the name in the graph.'),
  graph: rawGraph,
})

export const createWorkflow = forRole(
  'editor',
  async (deps, actor, { graph, name }: z.infer<typeof CreateWorkflow>) => {
    const draft = readDraft(graph, name)
    return draft.ok ? done(await addWorkflow(deps, actor, draft.value)) : draft
  },
)

const slugAttempts = 8

export async function addWorkflow(deps: Deps, actor: Actor, draft: Graph): Promise<WorkflowDetail> {
  const { db, plans } = deps
  for (let attempt = 1; ; attempt += 1) {
    const slug = await unusedSlug(deps, actor, draft.name, attempt)
    try {
      const row = await db.workflow.create({
        data: {
          id: randomUUID(),
          workspaceId: actor.workspaceId,
          slug,
          name: draft.name,
          draft: asColumn(draft),
          createdBy: actor.userId,
        },
      })
      return { ...viewWorkflow(row), graph: graphOut(draft), pins: {}, problems: plans.ofGraph(draft).problems }
    } catch (error) {
      // Somebody took the slug between the look and the insert.
      if (!isTaken(error) || attempt === slugAttempts) throw error
    }
  }
}

async function unusedSlug({ db }: Deps, { workspaceId }: Actor, name: string, attempt: number): Promise<string> {
  const wanted = attempt < 4 ? slugOf(name) : `${slugOf(name)}-${randomUUID().slice(0, 8)}`
  const rows = await db.workflow.findMany({
    where: { workspaceId, slug: { startsWith: wanted } },
    select: { slug: true },
  })
  return freeSlug(wanted, new Set(rows.map(({ slug }) => slug)))
}

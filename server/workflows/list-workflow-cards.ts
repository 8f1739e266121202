import type { z } from 'zod'
import type { Graph } from '@/engine/graph/schema'
import { type GraphSketch, sketchOf } from '@/engine/graph/sketch'
import { done } from '@/server/refusal'
import { forRole } from '@/server/use-case'
import { type ListWorkflows, listWorkflows } from '@/server/workflows/list-workflows'
import type { WorkflowView } from '@/server/workflows/workflow-view'

export type WorkflowCard = WorkflowView & { sketch: GraphSketch }

/** The list with a small picture of each draft. */
export const listWorkflowCards = forRole('viewer', async (deps, actor, input: z.infer<typeof ListWorkflows>) => {
  const page = await listWorkflows(deps, actor, input)
  if (!page.ok) return page
  const { items, nextCursor } = page.value
  const drafts = await deps.db.workflow.findMany({
    where: { workspaceId: actor.workspaceId, id: { in: items.map(({ id }) => id) } },
    select: { id: true, draft: true },
  })
  const graphs = new Map(drafts.map(({ id, draft }) => [id, draft as unknown as Graph]))
  const cards = items.map((item): WorkflowCard => {
    const graph = graphs.get(item.id)
    return { ...item, sketch: graph ? sketchOf(graph) : { nodes: [], edges: [] } }
  })
  return done({ items: cards, nextCursor })
})

import { z } from 'zod'
import { type Graph, NodeId } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'
import type { Pins } from '@/engine/plan/pins'
import { asColumn } from '@/server/db/json'
import { done, notFound, refuse } from '@/server/refusal'
import { forRole } from '@/server/use-case'
import { rawGraph, workflowName } from '@/server/workflows/create-workflow'
import { findWorkflow, whereWorkflow } from '@/server/workflows/find-workflow'
import { workflowId } from '@/server/workflows/get-workflow'
import { readDraft } from '@/server/workflows/read-draft'
import { graphOut, viewWorkflow, type WorkflowDetail, type WorkflowRow } from '@/server/workflows/workflow-view'

const pins = z.record(NodeId, z.unknown()) as unknown as z.ZodType<Pins>

export const SaveWorkflow = z.strictObject({
  id: workflowId,
  graph: rawGraph,
  name: workflowName.optional().describe('Replaces the name in the graph.'),
  pins: pins
    .optional()
    .describe('Outputs that runs of the draft take instead of running the node, by node. Left out: as they are.'),
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
    data: {
      draft: asColumn(draft.value),
      name: draft.value.name,
      revision: { increment: 1 },
      ...(input.pins === undefined ? {} : { pins: asColumn(pinsOf(draft.value, input.pins)) }),
    },
  })
  if (saved) return done(detail(saved, draft.value, deps.plans.ofGraph(draft.value).problems))
  const current = await findWorkflow(deps, actor, id)
  if (!current) return notFound('workflow')
  return refuse('stale_revision', `Somebody saved revision ${current.revision} meanwhile; yours was ${revision}.`, {
    extra: { revision: current.revision, graph: graphOut(current.draft) as unknown as Json, pins: { ...current.pins } },
  })
})

/** Pins of nodes that are gone leave with them. */
const pinsOf = (graph: Graph, pins: Pins): Pins => {
  const ids = new Set(graph.nodes.map(({ id }) => id))
  return Object.fromEntries(Object.entries(pins).filter(([id]) => ids.has(id)))
}

const detail = (
  row: WorkflowRow & { pins: unknown },
  graph: Graph,
  problems: WorkflowDetail['problems'],
): WorkflowDetail => ({
  ...viewWorkflow(row),
  graph: graphOut(graph),
  pins: row.pins as Pins,
  problems,
})

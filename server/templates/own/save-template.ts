import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { readGraph } from '@/engine/graph/read'
import type { Graph } from '@/engine/graph/schema'
import { specs } from '@/nodes/registry/specs'
import { asColumn } from '@/server/db/json'
import type { Actor } from '@/server/people/actor'
import { done, notFound, type Outcome, refuse } from '@/server/refusal'
import { optionalFields } from '@/server/templates/own/fields'
import { mostTemplates } from '@/server/templates/own/find-template'
import { describeGraph, withoutConnections } from '@/server/templates/own/template-graph'
import { type TemplateView, viewTemplate } from '@/server/templates/template-view'
import { type Deps, forRole } from '@/server/use-case'
import { rawGraph } from '@/server/workflows/create-workflow'
import { findWorkflow } from '@/server/workflows/find-workflow'
import { readDraft } from '@/server/workflows/read-draft'

/** Where the graph comes from: one of these. */
const sources = {
  workflowId: z.string().min(1).max(200).optional().describe('A workflow whose draft becomes the template.'),
  graph: rawGraph.optional(),
  text: z.string().min(1).max(8_000_000).optional().describe('A file: YAML or JSON.'),
}

export const SaveTemplate = z
  .strictObject({ ...sources, ...optionalFields })
  .refine(({ workflowId, graph, text }) => [workflowId, graph, text].filter((one) => one !== undefined).length === 1, {
    message: 'needs exactly one of workflowId, graph and text',
  })
type Input = z.infer<typeof SaveTemplate>

/** Keeps a graph for the gallery of this workspace. */
export const saveTemplate = forRole('editor', async (deps, actor, input: Input) => {
  const { workflowId: _, graph: __, text: ___, ...fields } = input
  const found = await graphOf(deps, actor, input)
  if (!found.ok) return found
  const { workspaceId } = actor
  if ((await deps.db.ownTemplate.count({ where: { workspaceId } })) >= mostTemplates)
    return refuse('wrong_state', `There are ${mostTemplates} templates already. Delete one first.`)
  const graph = withoutConnections(describeGraph(found.value, fields), await connectionNames(deps, actor))
  const id = randomUUID()
  await deps.db.ownTemplate.create({ data: { id, workspaceId, graph: asColumn(graph), createdBy: actor.userId } })
  return done<TemplateView>(viewTemplate({ id, graph, source: 'workspace' }))
})

export async function graphOf(deps: Deps, actor: Actor, { workflowId, graph, text }: Input): Promise<Outcome<Graph>> {
  if (workflowId !== undefined) {
    const workflow = await findWorkflow(deps, actor, workflowId)
    return workflow === null ? notFound('workflow') : done(workflow.draft)
  }
  if (text === undefined) return readDraft(graph)
  const read = readGraph(text, specs)
  if (read.ok) return done(read.graph)
  return refuse('invalid_graph', 'This is not a graph in the format of Baton.', { problems: read.problems })
}

export async function connectionNames({ db }: Pick<Deps, 'db'>, { workspaceId }: Actor): Promise<ReadonlySet<string>> {
  const rows = await db.connection.findMany({ where: { workspaceId }, select: { name: true }, take: 500 })
  return new Set(rows.map(({ name }) => name))
}

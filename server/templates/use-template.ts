import { z } from 'zod'
import type { Actor } from '@/server/people/actor'
import { done, notFound, type Outcome } from '@/server/refusal'
import { callCopies, companionsOf } from '@/server/templates/companions'
import { templateId } from '@/server/templates/get-template'
import { findTemplate } from '@/server/templates/own/find-template'
import { readTemplates, type Template } from '@/server/templates/read-templates'
import { type Deps, forRole } from '@/server/use-case'
import { addWorkflow, workflowName } from '@/server/workflows/create-workflow'
import { whereWorkflow } from '@/server/workflows/find-workflow'
import { publishWorkflow } from '@/server/workflows/publish-workflow'

export const UseTemplate = z.strictObject({
  id: templateId,
  name: workflowName.optional().describe('Replaces the name of the template.'),
})

export const UsedTemplate = z.object({ workflowId: z.string() })

/** Copies a template into the workspace, with the workflows it runs unless they are there already. */
export const useTemplate = forRole('editor', async (deps, actor, { id, name }: z.infer<typeof UseTemplate>) => {
  const template = await findTemplate(deps, actor, id)
  if (template === null) return notFound('template')
  const { templates } = await readTemplates()
  const names = await copyCompanions(deps, actor, companionsOf(template, templates))
  if (!names.ok) return names
  const graph = callCopies(template.graph, names.value)
  const made = await addWorkflow(deps, actor, name === undefined ? graph : { ...graph, name })
  return done<z.infer<typeof UsedTemplate>>({ workflowId: made.id })
})

/** By template, the name under which its copy can be run. */
async function copyCompanions(
  deps: Deps,
  actor: Actor,
  companions: readonly Template[],
): Promise<Outcome<ReadonlyMap<string, string>>> {
  const names = new Map<string, string>()
  for (const { id, graph } of companions) {
    const where = { ...whereWorkflow(actor, id), publishedVersion: { not: null } }
    const there = await deps.db.workflow.findFirst({ where, select: { slug: true } })
    if (there !== null) continue
    const made = await addWorkflow(deps, actor, callCopies(graph, names))
    // A workflow is run by others in its published version only.
    const published = await publishWorkflow(deps, actor, { id: made.id })
    if (!published.ok) return published
    names.set(id, made.slug)
  }
  return done(names)
}

import { z } from 'zod'
import { asColumn } from '@/server/db/json'
import { done, notFound, refuse } from '@/server/refusal'
import { templateId } from '@/server/templates/get-template'
import { optionalFields } from '@/server/templates/own/fields'
import { findTemplate } from '@/server/templates/own/find-template'
import { describeGraph } from '@/server/templates/own/template-graph'
import { type TemplateView, viewTemplate } from '@/server/templates/template-view'
import { forRole } from '@/server/use-case'

export const ChangeTemplate = z.strictObject({ id: templateId, ...optionalFields })
export const DeleteTemplate = z.strictObject({ id: templateId })

export const comesWithBaton = refuse(
  'wrong_state',
  'This template comes with Baton and cannot be changed here. Use it, and save what you make of it as one of yours.',
)

/** Changes what is said about a template. Its graph is changed by using it and saving what came of it. */
export const changeTemplate = forRole(
  'editor',
  async (deps, actor, { id, ...fields }: z.infer<typeof ChangeTemplate>) => {
    const found = await findTemplate(deps, actor, id)
    if (found === null) return notFound('template')
    if (found.source === 'gallery') return comesWithBaton
    const graph = describeGraph(found.graph, fields)
    const where = { id, workspaceId: actor.workspaceId }
    await deps.db.ownTemplate.update({ where, data: { graph: asColumn(graph) } })
    return done<TemplateView>(viewTemplate({ ...found, graph }))
  },
)

export const deleteTemplate = forRole('editor', async (deps, actor, { id }: z.infer<typeof DeleteTemplate>) => {
  const found = await findTemplate(deps, actor, id)
  if (found === null) return notFound('template')
  if (found.source === 'gallery') return comesWithBaton
  await deps.db.ownTemplate.deleteMany({ where: { id, workspaceId: actor.workspaceId } })
  return done(null)
})

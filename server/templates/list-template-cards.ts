import { type GraphSketch, sketchOf } from '@/engine/graph/sketch'
import { done } from '@/server/refusal'
import { type Found, ownTemplates } from '@/server/templates/own/find-template'
import { readTemplates } from '@/server/templates/read-templates'
import { type TemplateView, viewTemplate } from '@/server/templates/template-view'
import { forRole } from '@/server/use-case'

export type TemplateCard = TemplateView & { agents: number; sketch: GraphSketch }

/** The gallery: of each template what its card shows, the picture included. */
export const listTemplateCards = forRole('viewer', async (deps, actor, _input: Record<never, never>) => {
  const { templates } = await readTemplates()
  const shipped = templates.map((template): Found => ({ ...template, source: 'gallery' }))
  const cards = [...shipped, ...(await ownTemplates(deps, actor))].map(
    (template): TemplateCard => ({
      ...viewTemplate(template),
      agents: template.graph.nodes.filter(({ kind }) => kind === 'agent').length,
      sketch: sketchOf(template.graph),
    }),
  )
  return done({ templates: cards })
})

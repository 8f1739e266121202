import { z } from 'zod'
import { done, notFound } from '@/server/refusal'
import { companionsOf } from '@/server/templates/companions'
import { findTemplate } from '@/server/templates/own/find-template'
import { isRecorded } from '@/server/templates/read-recorded'
import { readTemplates } from '@/server/templates/read-templates'
import { detailOf } from '@/server/templates/template-view'
import { forRole } from '@/server/use-case'

export const templateId = z.string().min(1).max(200)
export const GetTemplate = z.strictObject({ id: templateId })

/** A template with its graph, to be looked at before it is used. */
export const getTemplate = forRole('viewer', async (deps, actor, { id }: z.infer<typeof GetTemplate>) => {
  const template = await findTemplate(deps, actor, id)
  if (template === null) return notFound('template')
  const { templates } = await readTemplates()
  const hasSample = template.source === 'gallery' && (await isRecorded(id))
  return done(detailOf(template, { copies: companionsOf(template, templates), hasSample }))
})

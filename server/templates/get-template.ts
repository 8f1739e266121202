import { z } from 'zod'
import { done, notFound } from '@/server/refusal'
import { companionsOf } from '@/server/templates/companions'
import { readTemplates } from '@/server/templates/read-templates'
import { detailOf } from '@/server/templates/template-view'
import { forRole } from '@/server/use-case'

export const templateId = z.string().min(1).max(200)
export const GetTemplate = z.strictObject({ id: templateId })

/** A template with its graph, to be looked at before it is used. */
export const getTemplate = forRole('viewer', async (_deps, _actor, { id }: z.infer<typeof GetTemplate>) => {
  const { templates } = await readTemplates()
  const template = templates.find((one) => one.id === id)
  return template === undefined ? notFound('template') : done(detailOf(template, companionsOf(template, templates)))
})

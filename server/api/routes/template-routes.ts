import { z } from 'zod'
import { route } from '@/server/api/http/route'
import { Nothing } from '@/server/api/routes/setting-routes'
import { listTemplates } from '@/server/templates/list-templates'
import { TemplateView } from '@/server/templates/template-view'
import { UsedTemplate, UseTemplate, useTemplate } from '@/server/templates/use-template'

const tag = 'Templates'

export const templateRoutes = [
  route({
    method: 'GET',
    path: '/templates',
    tag,
    summary: 'Lists what the gallery holds, the easiest first.',
    input: Nothing,
    use: listTemplates,
    answers: { 200: { description: 'All of them.', schema: z.object({ templates: z.array(TemplateView) }) } },
  }),
  route({
    method: 'POST',
    path: '/templates/{id}/use',
    tag,
    summary: 'Makes a workflow of a template, ready to run with its sample input.',
    input: UseTemplate,
    use: useTemplate,
    reply: (body) => ({ status: 201, body }),
    answers: { 201: { description: 'Made.', schema: UsedTemplate } },
  }),
]

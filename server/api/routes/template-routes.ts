import { z } from 'zod'
import { route } from '@/server/api/http/route'
import { Nothing } from '@/server/api/routes/setting-routes'
import { asFile } from '@/server/api/routes/workflow-routes'
import { ExportTemplate, exportTemplate } from '@/server/templates/export-template'
import { GetSample, getSample, SampleRun } from '@/server/templates/get-sample'
import { listTemplates } from '@/server/templates/list-templates'
import { ChangeTemplate, changeTemplate, DeleteTemplate, deleteTemplate } from '@/server/templates/own/change-template'
import { SaveTemplate, saveTemplate } from '@/server/templates/own/save-template'
import { TemplateView } from '@/server/templates/template-view'
import { UsedTemplate, UseTemplate, useTemplate } from '@/server/templates/use-template'

const tag = 'Templates'
const created = (body: unknown) => ({ status: 201, body })

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
    path: '/templates',
    tag,
    summary: 'Saves a workflow, a graph or a file as a template of this workspace.',
    input: SaveTemplate,
    use: saveTemplate,
    reply: created,
    answers: { 201: { description: 'Saved.', schema: TemplateView } },
  }),
  route({
    method: 'PUT',
    path: '/templates/{id}',
    tag,
    summary: 'Changes what is said about a template of this workspace.',
    input: ChangeTemplate,
    use: changeTemplate,
    answers: { 200: { description: 'Changed.', schema: TemplateView } },
  }),
  route({
    method: 'DELETE',
    path: '/templates/{id}',
    tag,
    summary: 'Deletes a template of this workspace. Workflows that were made of it stay.',
    input: DeleteTemplate,
    use: deleteTemplate,
    answers: { 204: { description: 'Deleted.' } },
  }),
  route({
    method: 'GET',
    path: '/templates/{id}/export',
    tag,
    summary: 'A template as a file.',
    input: ExportTemplate,
    use: exportTemplate,
    reply: asFile,
    answers: { 200: { description: 'The file.', media: 'application/yaml' } },
  }),
  route({
    method: 'GET',
    path: '/templates/{id}/sample',
    tag,
    summary: 'The log of a run of it that was recorded before, with answers written for it.',
    input: GetSample,
    use: getSample,
    answers: { 200: { description: 'The run.', schema: SampleRun } },
  }),
  route({
    method: 'POST',
    path: '/templates/{id}/use',
    tag,
    summary: 'Makes a workflow of a template, ready to run with its sample input.',
    input: UseTemplate,
    use: useTemplate,
    reply: created,
    answers: { 201: { description: 'Made.', schema: UsedTemplate } },
  }),
]

import { z } from 'zod'
import { route } from '@/server/api/http/route'
import { CreateWorkflow, createWorkflow } from '@/server/workflows/create-workflow'
import { DeleteWorkflow, deleteWorkflow } from '@/server/workflows/delete-workflow'
import { type ExportedFile, ExportWorkflow, exportWorkflow } from '@/server/workflows/export-workflow'
import { GetVersion, getVersion } from '@/server/workflows/get-version'
import { GetWorkflow, getWorkflow } from '@/server/workflows/get-workflow'
import { ImportWorkflow, importWorkflow } from '@/server/workflows/import-workflow'
import { ListVersions, listVersions } from '@/server/workflows/list-versions'
import { ListWorkflows, listWorkflows } from '@/server/workflows/list-workflows'
import { PublishWorkflow, publishWorkflow } from '@/server/workflows/publish-workflow'
import { SaveWorkflow, saveWorkflow } from '@/server/workflows/save-workflow'
import { VersionDetail, VersionView } from '@/server/workflows/version-view'
import { WorkflowDetail, WorkflowView } from '@/server/workflows/workflow-view'

const tag = 'Workflows'
const created = (body: unknown) => ({ status: 201, body })
export const listOf = (item: z.ZodType) => z.object({ items: z.array(item), nextCursor: z.string().nullable() })

export const asFile = ({ name, text }: ExportedFile) => ({
  status: 200,
  type: name.endsWith('.json') ? 'application/json; charset=utf-8' : 'application/yaml; charset=utf-8',
  content: text,
  headers: { 'content-disposition': `attachment; filename="${name}"` },
})

export const workflowRoutes = [
  route({
    method: 'GET',
    path: '/workflows',
    tag,
    summary: 'Lists workflows, the last changed first.',
    input: ListWorkflows,
    use: listWorkflows,
    answers: { 200: { description: 'A page.', schema: listOf(WorkflowView) } },
  }),
  route({
    method: 'POST',
    path: '/workflows',
    tag,
    summary: 'Makes a workflow. Its draft may be incomplete.',
    input: CreateWorkflow,
    use: createWorkflow,
    reply: created,
    answers: { 201: { description: 'Made.', schema: WorkflowDetail } },
  }),
  route({
    method: 'POST',
    path: '/workflows/import',
    tag,
    summary: 'Makes a workflow from a file.',
    input: ImportWorkflow,
    use: importWorkflow,
    reply: created,
    answers: { 201: { description: 'Made.', schema: WorkflowDetail } },
  }),
  route({
    method: 'GET',
    path: '/workflows/{id}',
    tag,
    summary: 'A workflow with its draft.',
    input: GetWorkflow,
    use: getWorkflow,
    answers: { 200: { description: 'The workflow.', schema: WorkflowDetail } },
  }),
  route({
    method: 'PUT',
    path: '/workflows/{id}',
    tag,
    summary: 'Saves the draft. A stale revision answers 409 with the current revision and graph.',
    input: SaveWorkflow,
    use: saveWorkflow,
    answers: { 200: { description: 'Saved.', schema: WorkflowDetail } },
  }),
  route({
    method: 'DELETE',
    path: '/workflows/{id}',
    tag,
    summary: 'Deletes a workflow. Its runs stay.',
    input: DeleteWorkflow,
    use: deleteWorkflow,
    answers: { 204: { description: 'Deleted.' } },
  }),
  route({
    method: 'GET',
    path: '/workflows/{id}/export',
    tag,
    summary: 'The draft or a version as a file.',
    input: ExportWorkflow,
    use: exportWorkflow,
    reply: asFile,
    answers: { 200: { description: 'The file.', media: 'application/yaml' } },
  }),
  route({
    method: 'POST',
    path: '/workflows/{id}/publish',
    tag,
    summary: 'Makes the draft the newest version. It has to compile.',
    input: PublishWorkflow,
    use: publishWorkflow,
    answers: { 200: { description: 'The version.', schema: VersionView } },
  }),
  route({
    method: 'GET',
    path: '/workflows/{id}/versions',
    tag,
    summary: 'Lists versions, the newest first.',
    input: ListVersions,
    use: listVersions,
    answers: { 200: { description: 'A page.', schema: listOf(VersionView) } },
  }),
  route({
    method: 'GET',
    path: '/workflows/{id}/versions/{version}',
    tag,
    summary: 'A version with its graph.',
    input: GetVersion,
    use: getVersion,
    answers: { 200: { description: 'The version.', schema: VersionDetail } },
  }),
]

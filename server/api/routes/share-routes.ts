import { z } from 'zod'
import { route } from '@/server/api/http/route'
import { ListShares, listShares } from '@/server/shares/list-shares'
import { previewRun, previewWorkflow } from '@/server/shares/preview-share'
import { RevokeShare, revokeShare } from '@/server/shares/revoke-share'
import { ShareRun, shareRun } from '@/server/shares/share-run'
import { NewShare, ShareList } from '@/server/shares/share-view'
import { ShareWorkflow, shareWorkflow } from '@/server/shares/share-workflow'
import { UsedShare, UseShare, useShare } from '@/server/shares/use-share'

const tag = 'Share links'
const created = (body: unknown) => ({ status: 201, body })
const projection = z.looseObject({ v: z.literal(1), kind: z.enum(['run', 'workflow']), name: z.string() })
const madeAnswers = { 201: { description: 'Made. The address is told this once.', schema: NewShare } }
const previewAnswers = { 200: { description: 'What `GET <url>.json` would answer.', schema: projection } }

export const shareRoutes = [
  route({
    method: 'POST',
    path: '/runs/{id}/share',
    tag,
    summary: 'Makes a link that shows a run to whoever has it.',
    input: ShareRun,
    use: shareRun,
    reply: created,
    answers: madeAnswers,
  }),
  route({
    method: 'POST',
    path: '/runs/{id}/share/preview',
    tag,
    summary: 'Exactly what a link to this run would give away.',
    input: ShareRun,
    use: previewRun,
    answers: previewAnswers,
  }),
  route({
    method: 'POST',
    path: '/workflows/{id}/share',
    tag,
    summary: 'Makes a link that shows a workflow as it is drawn now.',
    input: ShareWorkflow,
    use: shareWorkflow,
    reply: created,
    answers: madeAnswers,
  }),
  route({
    method: 'POST',
    path: '/workflows/{id}/share/preview',
    tag,
    summary: 'Exactly what a link to this workflow would give away.',
    input: ShareWorkflow,
    use: previewWorkflow,
    answers: previewAnswers,
  }),
  route({
    method: 'GET',
    path: '/shares',
    tag,
    summary: 'Lists the links of the workspace, the newest first.',
    input: ListShares,
    use: listShares,
    answers: { 200: { description: 'A page.', schema: ShareList } },
  }),
  route({
    method: 'DELETE',
    path: '/shares/{id}',
    tag,
    summary: 'Ends a link at once.',
    input: RevokeShare,
    use: revokeShare,
    answers: { 204: { description: 'Ended.' } },
  }),
  route({
    method: 'POST',
    path: '/shares/use',
    tag,
    summary: 'Copies the graph that a link shows into this workspace.',
    input: UseShare,
    use: useShare,
    reply: created,
    answers: { 201: { description: 'Copied.', schema: UsedShare } },
  }),
]

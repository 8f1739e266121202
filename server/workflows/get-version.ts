import { z } from 'zod'
import { done, notFound } from '@/server/refusal'
import { forRole } from '@/server/use-case'
import { whereWorkflow } from '@/server/workflows/find-workflow'
import { workflowId } from '@/server/workflows/get-workflow'
import { loadCompiled } from '@/server/workflows/load-graph'
import { publisherNames, type VersionDetail, viewVersion } from '@/server/workflows/version-view'
import { graphOut } from '@/server/workflows/workflow-view'

export const versionNumber = z.coerce.number<number | string>().int().positive().max(1_000_000_000)
export const GetVersion = z.strictObject({ id: workflowId, version: versionNumber })

export const getVersion = forRole('viewer', async (deps, actor, { id, version }: z.infer<typeof GetVersion>) => {
  const workflow = await deps.db.workflow.findFirst({ where: whereWorkflow(actor, id), select: { id: true } })
  const row = workflow && (await deps.db.workflowVersion.findFirst({ where: { workflowId: workflow.id, version } }))
  const compiled = row && (await loadCompiled(deps, actor.workspaceId, row.graphHash))
  if (!compiled) return notFound('version')
  const names = await publisherNames(deps.db, [row])
  return done<VersionDetail>({ ...viewVersion(row, names), graph: graphOut(compiled.graph) })
})

import type { Graph } from '@/engine/graph/schema'
import type { Pins } from '@/engine/plan/pins'
import { done, notFound, type Outcome, refuse } from '@/server/refusal'
import type { Deps } from '@/server/use-case'
import { whereWorkflow } from '@/server/workflows/find-workflow'
import { keepGraph, loadCompiled } from '@/server/workflows/load-graph'
import type { Published, Runnable } from '@/server/workflows/plan-cache'

type Tools = Pick<Deps, 'db' | 'plans'>
type Wanted = { workspaceId: string; workflow: string; version?: number | 'draft' | undefined }

/** What a run of a workflow runs: the newest published version unless another is asked for. Its graph is stored. */
export async function findRunnable(deps: Tools, wanted: Wanted): Promise<Outcome<Runnable>> {
  if (wanted.version === 'draft') return findDraft(deps, wanted)
  const { workspaceId, workflow, version } = wanted
  const key = `${workspaceId}/${version ?? ''}/${workflow}`
  const found = await deps.plans.published.get(key, () => findVersion(deps, wanted, version))
  const compiled = found && (await loadCompiled(deps, workspaceId, found.hash))
  if (!found || !compiled) return missing(deps, wanted)
  return done({ workflowId: found.workflowId, version: found.version, compiled })
}

async function findDraft(deps: Tools, { workspaceId, workflow }: Wanted): Promise<Outcome<Runnable>> {
  const row = await deps.db.workflow.findFirst({ where: whereWorkflow({ workspaceId }, workflow) })
  if (!row) return notFound('workflow')
  const compiled = deps.plans.ofGraph(row.draft as unknown as Graph)
  if (compiled.plan !== null) await keepGraph(deps, workspaceId, compiled)
  return done({ workflowId: row.id, version: null, compiled, pins: row.pins as unknown as Pins })
}

async function findVersion(
  deps: Tools,
  { workspaceId, workflow }: Wanted,
  wanted: number | undefined,
): Promise<Published | null> {
  const row = await deps.db.workflow.findFirst({
    where: whereWorkflow({ workspaceId }, workflow),
    select: { id: true, publishedVersion: true },
  })
  const version = wanted ?? row?.publishedVersion ?? null
  if (!row || version === null) return null
  const made = await deps.db.workflowVersion.findFirst({ where: { workflowId: row.id, version } })
  return made && { workflowId: row.id, version, hash: made.graphHash }
}

async function missing({ db }: Tools, { workspaceId, workflow, version }: Wanted): Promise<Outcome<Runnable>> {
  const row = await db.workflow.findFirst({ where: whereWorkflow({ workspaceId }, workflow), select: { id: true } })
  if (!row) return notFound('workflow')
  if (version !== undefined) return notFound('version')
  return refuse(
    'not_published',
    'This workflow has no published version yet. Publish it, or run its draft with `version: "draft"`.',
  )
}

import { z } from 'zod'
import { Graph } from '@/engine/graph/schema'
import { done, notFound } from '@/server/refusal'
import { findRun } from '@/server/runs/find-run'
import type { GetRun } from '@/server/runs/get-run'
import { forRole } from '@/server/use-case'
import { loadCompiled } from '@/server/workflows/load-graph'
import { graphOut } from '@/server/workflows/workflow-view'

export const RunGraphView = z.object({
  graph: Graph,
  workflowId: z.string().nullable(),
  workflowName: z.string().nullable(),
  version: z.int().nullable(),
})
type RunGraphView = z.infer<typeof RunGraphView>

/** The exact graph that a run runs, whatever became of its workflow. */
export const getRunGraph = forRole('viewer', async (deps, actor, { id }: z.infer<typeof GetRun>) => {
  const run = await findRun(deps, actor, id)
  const compiled = run && (await loadCompiled(deps, actor.workspaceId, run.graphHash))
  if (!compiled) return notFound('run')
  const { workflowId, version } = run
  const workflow =
    workflowId === null
      ? null
      : await deps.db.workflow.findFirst({
          where: { id: workflowId, workspaceId: actor.workspaceId },
          select: { name: true },
        })
  return done<RunGraphView>({
    graph: graphOut(compiled.graph),
    workflowId,
    workflowName: workflow?.name ?? null,
    version,
  })
})

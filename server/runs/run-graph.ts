import { z } from 'zod'
import { launch } from '@/server/runs/launch'
import { startOptions } from '@/server/runs/start-options'
import { forRole } from '@/server/use-case'
import { rawGraph } from '@/server/workflows/create-workflow'
import { keepGraph } from '@/server/workflows/load-graph'
import { readDraft } from '@/server/workflows/read-draft'

export const RunGraph = z.strictObject({
  graph: rawGraph,
  trigger: z.enum(['api', 'cli']).optional().describe('What a key starts it from, for the list of runs.'),
  ...startOptions,
})

/** A graph that belongs to no workflow: what the CLI runs from a file. Whoever may draw may run what he drew. */
export const runGraph = forRole(
  'editor',
  async (deps, actor, { graph, trigger = 'api', ...options }: z.infer<typeof RunGraph>) => {
    const read = readDraft(graph)
    if (!read.ok) return read
    const compiled = deps.plans.ofGraph(read.value)
    if (compiled.plan !== null) await keepGraph(deps, actor.workspaceId, compiled)
    const { wait: _, idempotencyKey: __, ...same } = options
    return launch(deps, actor, {
      compiled,
      workflowId: null,
      version: null,
      options,
      body: { ...same, graph: compiled.hash },
      trigger: actor.keyId === null ? 'manual' : trigger,
    })
  },
)

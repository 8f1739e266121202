import { z } from 'zod'
import { launch, type Started } from '@/server/runs/launch'
import type { RunView } from '@/server/runs/run-view'
import { startOptions } from '@/server/runs/start-options'
import { forRole } from '@/server/use-case'
import { findRunnable } from '@/server/workflows/find-runnable'
import { workflowId } from '@/server/workflows/get-workflow'

export const StartRun = z.strictObject({
  id: workflowId,
  version: z
    .union([z.int().positive().max(1_000_000_000), z.literal('draft')])
    .optional()
    .describe('Left out: the newest published one.'),
  ...startOptions,
})

export const AcceptedRun = z.object({ id: z.string(), status: z.string() })

export const startRun = forRole('operator', async (deps, actor, input: z.infer<typeof StartRun>) => {
  const { id, version, ...options } = input
  const found = await findRunnable(deps, { workspaceId: actor.workspaceId, workflow: id, version })
  if (!found.ok) return found
  const { compiled, workflowId: workflow, version: number, pins } = found.value
  const { wait: _, idempotencyKey: __, ...same } = options
  return launch(deps, actor, {
    compiled,
    workflowId: workflow,
    version: number,
    options,
    ...(pins === undefined ? {} : { pins }),
    body: { ...same, version, workflow },
    trigger: actor.keyId === null ? 'manual' : 'api',
  })
})

/** What is answered: the whole run once it was waited for. */
export const startedBody = (started: Started): RunView | z.infer<typeof AcceptedRun> =>
  started.type === 'accepted' ? { id: started.id, status: started.status } : started.run

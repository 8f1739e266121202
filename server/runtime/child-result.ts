import type { Json } from '@/engine/json'
import type { StepTools } from '@/engine/kind/run'
import { isInline, type Ref } from '@/engine/payload'
import type { RuntimeDeps } from './deps'
import { type Drive, record, refOf } from './drive'
import { usedStep } from './note-share'
import { isInWorkspace, loadPayloads, readState } from './read-run'

type Child = { path: string; runId: string }

/** How a child run ended. What it used up counts for its parent, once. */
export async function childResultOf(
  deps: RuntimeDeps,
  drive: Drive,
  { path, runId }: Child,
): ReturnType<StepTools['childResult']> {
  // A cassette from a file may name any run there is.
  const isOurs = await isInWorkspace(deps.pool, drive.workspaceId, runId)
  const state = isOurs ? await readState(deps.pool, runId) : null
  if (!state) return { status: 'failed', failure: { code: 'not_found', message: `The run ${runId} is gone.` } }
  const { run, usage } = state
  const step = usedStep(runId)
  if (!drive.state.steps.get(path)?.has(step)) {
    const now = deps.clock.now()
    const { simulated } = state
    record(
      drive,
      [
        {
          type: 'step.completed',
          path,
          step,
          kind: 'child',
          result: refOf(drive, null),
          startedAt: now,
          usage,
          simulated,
        },
      ],
      now,
    )
  }
  if (run.status === 'completed')
    return { status: 'completed', output: await wholeValue(deps, drive, run.output), usage }
  if (run.status === 'failed') return { status: 'failed', failure: run.failure }
  return { status: 'cancelled', failure: { code: 'cancelled', message: 'It was cancelled.' } }
}

async function wholeValue(deps: RuntimeDeps, drive: Drive, ref: Ref): Promise<Json> {
  if (isInline(ref)) return ref.inline
  await loadPayloads(deps.pool, drive.workspaceId, [ref], drive.values)
  return drive.values.get(ref.hash) ?? null
}

import type { Failure } from '@/engine/failure'
import type { Json } from '@/engine/json'
import type { StepTools } from '@/engine/kind/run'
import { isInline, type Ref } from '@/engine/payload'
import type { RunState } from '@/engine/run/state'
import type { Usage } from '@/engine/usage'
import { ChildEnd } from '@/server/models/recording'
import type { RuntimeDeps } from './deps'
import { type Drive, record, refOf } from './drive'
import { usedStep } from './note-share'
import { isInWorkspace, loadPayloads, readState } from './read-run'

type Child = { path: string; runId: string }
type Ended = Awaited<ReturnType<StepTools['childResult']>>
/** What the log keeps of it, so that a cassette needs no other run. */
type Kept = { end: Ended; usage: Usage; simulated: boolean }

const gone = (runId: string): Failure => ({ code: 'not_found', message: `The run ${runId} is gone.` })

/** How a child run ended. What it used up counts for its parent, once. */
export async function childResultOf(deps: RuntimeDeps, drive: Drive, { path, runId }: Child): Promise<Ended> {
  const step = usedStep(runId)
  const kept = playedEnd(drive, { path, step }) ?? (await readEnd(deps, drive, runId))
  if (kept === null) return { status: 'failed', failure: gone(runId) }
  if (!drive.state.steps.get(path)?.has(step)) {
    const now = deps.clock.now()
    const { usage, simulated } = kept
    const result = refOf(drive, kept as unknown as Json)
    record(
      drive,
      [{ type: 'step.completed', path, step, kind: 'child', result, startedAt: now, usage, simulated }],
      now,
    )
  }
  return kept.end
}

/** In a replay: the run that a cassette names may be on another machine, or nobody's business here. */
function playedEnd({ cassette }: Drive, place: { path: string; step: string }): Kept | null {
  const played = cassette?.play?.find(place)?.result
  return ChildEnd.safeParse(played).success ? (played as unknown as Kept) : null
}

async function readEnd(deps: RuntimeDeps, drive: Drive, runId: string): Promise<Kept | null> {
  if (!(await isInWorkspace(deps.pool, drive.workspaceId, runId))) return null
  const state = await readState(deps.pool, runId)
  if (!state) return null
  return { end: await endOf(deps, drive, state), usage: state.usage, simulated: state.simulated }
}

async function endOf(deps: RuntimeDeps, drive: Drive, { run, usage }: RunState): Promise<Ended> {
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

import type { StepTools } from '@/engine/kind/run'
import { type Entering, type SeenRun, boxContext as seenByBox, nodeContext as seenByNode } from '@/engine/run/context'
import type { Instance } from '@/engine/run/schedule'
import { type Drive, readValue, record } from './drive'

type Attempt = { instance: Instance; attempt: number; signal: AbortSignal; steps: StepTools; now: () => number }

export const nodeContext = (drive: Drive, attempt: Attempt) => seenByNode(seenRun(drive), entering(drive, attempt))
export const boxContext = (drive: Drive, attempt: Attempt) => seenByBox(seenRun(drive), entering(drive, attempt))

const seenRun = (drive: Drive): SeenRun => ({
  runId: drive.runId,
  roles: drive.plan.roles,
  state: drive.state,
  valueOf: (ref) => readValue(drive, ref),
})

const entering = (drive: Drive, { instance, attempt, signal, steps, now }: Attempt): Entering => ({
  instance,
  attempt,
  signal,
  steps,
  say: (text) => record(drive, [{ type: 'note', path: instance.key, text }], now()),
})

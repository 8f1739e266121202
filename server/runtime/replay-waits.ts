import type { Fact, ResumeCause } from '@/engine/run/events'
import { WaitEnd } from '@/server/models/recording'
import type { RuntimeDeps } from './deps'
import { type Drive, record } from './drive'

type WaitingFact = Extract<Fact, { type: 'node.waiting' }>

/** Under which step a cassette keeps what ended a wait. */
export const waitStep = (wait: number): string => `wait${wait}`

/** In a replay nobody is asked and nothing is awaited: what ended the wait then ends it now. */
export function playWait(drive: Drive, deps: RuntimeDeps, { path, attempt, wait, waiting }: WaitingFact): void {
  const play = drive.cassette?.play
  if (!play) return
  const now = deps.clock.now()
  const entry = play.find({ path, step: waitStep(wait) })
  if (entry && WaitEnd.safeParse(entry.result).success) {
    record(drive, [{ type: 'node.resumed', path, cause: entry.result as unknown as ResumeCause }], now)
    return
  }
  if (waiting.reason === 'timer') {
    record(drive, [{ type: 'node.resumed', path, cause: { type: 'timer' } }], now)
    return
  }
  const message = `The cassette does not say how the wait of ${path} ended.`
  record(drive, [{ type: 'node.failed', path, attempt, failure: { code: 'cassette_miss', message } }], now)
}

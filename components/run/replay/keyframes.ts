import { foldEvents, newRun } from '@/engine/run/reduce'
import type { RunState } from '@/engine/run/state'
import type { WireEvent } from '@/engine/run/wire'

const framesKept = 48

export type Keyframes = { stateAt: (events: readonly WireEvent[], seq: number) => RunState }

/**
 * The state of a run at any moment, in the time of a short fold: some moments are kept, at even distances that grow with
 * the log. `events` is the whole log so far, the event with seq n at n - 1; it may only grow.
 */
export function openKeyframes(firstDistance = 200): Keyframes {
  let distance = firstDistance
  let frames: RunState[] = [newRun()]

  const stateAt: Keyframes['stateAt'] = (events, seq) => {
    for (;;) {
      const wanted = Math.floor(seq / distance)
      if (wanted < framesKept) break
      distance *= 2
      frames = frames.filter((_, index) => index % 2 === 0)
    }
    const wanted = Math.floor(seq / distance)
    for (let at = frames.length; at <= wanted; at++) {
      const before = frames[at - 1] ?? newRun()
      frames.push(foldEvents(before, events.slice((at - 1) * distance, at * distance)))
    }
    const frame = frames[wanted] ?? newRun()
    return foldEvents(frame, events.slice(wanted * distance, seq))
  }
  return { stateAt }
}

import type { WireEvent } from '@/engine/run/wire'

export const speeds = ['1', '4', '16', 'max'] as const
export type Speed = (typeof speeds)[number]

/** A run may have waited a day for a person; nobody wants to watch that. */
const longestGapMs = 1_500
const framesAtMax = 120

/** `within` is the time since the event `seq`, in shortened time. */
export type Position = { seq: number; within: number }

const gapAfter = (events: readonly WireEvent[], seq: number): number => {
  const here = events[seq - 1]
  const next = events[seq]
  return here && next ? Math.min(longestGapMs, Math.max(0, next.at - here.at)) : 0
}

/** Where the play has come to after `ms` of the watcher's time. */
export function advance(events: readonly WireEvent[], from: Position, ms: number, speed: Speed): Position {
  const last = events.length
  if (speed === 'max') {
    return { seq: Math.min(last, from.seq + Math.max(1, Math.ceil(last / framesAtMax))), within: 0 }
  }
  let { seq, within } = { seq: from.seq, within: from.within + ms * Number(speed) }
  while (seq < last) {
    const gap = gapAfter(events, seq)
    if (within < gap) break
    within -= gap
    seq++
  }
  return { seq, within: seq < last ? within : 0 }
}

/** The time of the run at a position: between two events it passes, in long gaps faster. */
export function timeAt(events: readonly WireEvent[], { seq, within }: Position): number {
  const here = events[seq - 1]
  const next = events[seq]
  if (!here) return next?.at ?? 0
  const gap = gapAfter(events, seq)
  if (!next || gap === 0) return here.at
  return here.at + Math.round(Math.min(1, within / gap) * (next.at - here.at))
}

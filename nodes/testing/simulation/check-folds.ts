import { isDeepStrictEqual } from 'node:util'
import type { Plan } from '@/engine/plan/plan'
import type { RunEvent } from '@/engine/run/events'
import { followFact } from '@/engine/run/follow'
import { foldEvents, newRun, reduce, replay } from '@/engine/run/reduce'
import { newSchedule } from '@/engine/run/schedule'
import type { RunState } from '@/engine/run/state'
import { compareSchedules } from './compare-schedules'

/** At every point of a log, a schedule that only followed the events must be the one that is built from the state. */
export function checkSchedules(plan: Plan, log: readonly RunEvent[]): void {
  const state = newRun()
  let schedule = newSchedule(plan)
  for (const event of log) {
    reduce(state, event)
    schedule = followFact(schedule, state, event)
    if (!isInsideCancel(log, event)) compareSchedules(plan, { schedule, state })
  }
}

/** A cancel is one append: nobody ever takes over in the middle of it. */
function isInsideCancel(log: readonly RunEvent[], { seq, type }: RunEvent): boolean {
  if (type !== 'node.cancelled') return false
  return log.slice(seq).find((event) => event.type !== 'node.cancelled')?.type === 'run.cancelled'
}

/** Copies are what a replay gives, and no later fold changes an earlier copy. Some events come twice, as after a reconnect. */
export function checkCopies(log: readonly RunEvent[], random: () => number): void {
  const kept: RunState[] = []
  let state = newRun()
  while (state.seq < log.length) {
    const from = Math.max(0, state.seq - Math.floor(random() * 3))
    const to = state.seq + 1 + Math.floor(random() * Math.max(4, log.length / 4))
    state = foldEvents(state, log.slice(from, to))
    kept.push(state)
  }
  for (const copy of kept) {
    if (!isDeepStrictEqual(copy, replay(log.slice(0, copy.seq))))
      throw new Error(`the copy at ${copy.seq} is not what happened`)
  }
}

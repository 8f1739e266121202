import { advanceSchedule } from './advance-schedule'
import { buildSchedule } from './build-schedule'
import type { Fact } from './events'
import type { Schedule } from './schedule'
import type { RunState } from './state'

/** The schedule after one fact that `state` has folded already: the same one, unless the whole run is tried again. */
export function followFact(schedule: Schedule, state: RunState, fact: Fact): Schedule {
  if (fact.type === 'run.resumed' && fact.restart) return buildSchedule(schedule.plan, state)
  advanceSchedule(schedule, state, fact)
  return schedule
}

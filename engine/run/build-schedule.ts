import type { Plan } from '../plan/plan'
import { restoreScope } from './restore'
import { newRoot, type Schedule } from './schedule'
import type { RunState } from './state'

/** The schedule of a run that is taken over or tried again, from nothing but its plan and its state. */
export function buildSchedule(plan: Plan, state: RunState): Schedule {
  const schedule = newRoot(plan)
  restoreScope(schedule, state, schedule.root)
  return schedule
}

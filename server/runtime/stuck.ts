import type { DriveRun } from '@/server/queue/catalogue'
import { mayHavePassed } from './event-log'
import { type Fleet, take } from './fleet'
import { park } from './park'

const longestReason = 300

/** A run that nobody could take over, several times. One more try says why; then it is put aside. */
export async function handleStuck(fleet: Fleet, { runId }: DriveRun): Promise<void> {
  try {
    await take(fleet, runId, true)
  } catch (error) {
    // Nobody knows anything about the run as long as the database is away.
    if (mayHavePassed(error)) throw error
    fleet.deps.report(error, { run: runId, doing: 'take-over' })
    const message = error instanceof Error ? error.message : String(error)
    await park(fleet.deps, runId, message.slice(0, longestReason))
  }
}

import type { LiveDeps } from './deps'
import type { RunChange } from './protocol'
import { keepRooms, type Rooms } from './rooms'

/** Tells lists which runs changed, as far as they are among the newest ones. */
export const watchRunLists = (recentRuns: LiveDeps['recentRuns'], everyMs: number): Rooms<RunChange> =>
  keepRooms({
    look: recentRuns,
    everyMs,
    // The first look only learns what is there: whoever joins has just loaded the list.
    news: (before, now) => (before === null ? [] : changed(before, now)),
    greeting: () => [],
  })

function changed(before: readonly RunChange[], now: readonly RunChange[]): readonly RunChange[] {
  const known = new Map(before.map((run) => [run.id, JSON.stringify(run)]))
  return now.filter((run) => known.get(run.id) !== JSON.stringify(run)).toReversed()
}

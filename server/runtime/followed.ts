import type { Pool } from 'pg'
import type { RunEvent } from '@/engine/run/events'
import type { Hub } from './hub'
import { readEvents } from './read-run'

const pageSize = 1_000

/** A run that somebody in this process watches, whoever drives it. */
type Followed = {
  /** The last event that was said here; null until the first is known. */
  said: number | null
  /** The last event known to exist. */
  known: number
  reading: boolean
}

export type FollowedRuns = {
  add: (runId: string) => void
  remove: (runId: string) => void
  has: (runId: string) => boolean
  ids: () => string[]
  /** Driven here: said at once, unless something before it is still on its way from the log. */
  events: (runId: string, events: readonly RunEvent[]) => void
  /** Somebody says that the log has come to this seq. */
  reached: (runId: string, seq: number) => void
  /** Asks the database how far these runs are, because a notice may have been missed. */
  look: (runIds: readonly string[]) => Promise<void>
}

/** Keeps what watchers of this process hear gapless and in order, although runs may change their drivers. */
export function followRuns(pool: Pool, hub: Hub, report: (error: unknown) => void): FollowedRuns {
  const runs = new Map<string, Followed>()

  const say = (runId: string, run: Followed, events: readonly RunEvent[]) => {
    const last = events.at(-1)
    if (!last) return
    run.said = last.seq
    run.known = Math.max(run.known, last.seq)
    hub.say({ type: 'events', runId, events })
  }

  const read = async (runId: string, run: Followed) => {
    if (run.reading) return
    run.reading = true
    try {
      while (runs.get(runId) === run && run.said !== null && run.said < run.known) {
        const events = await readEvents(pool, runId, run.said, pageSize)
        if (runs.get(runId) !== run) return
        if (events.length === 0) run.known = run.said
        say(runId, run, events)
      }
    } catch (error) {
      // The next look tries again.
      report(error)
    } finally {
      run.reading = false
    }
  }

  const reached = (runId: string, seq: number) => {
    const run = runs.get(runId)
    if (!run || seq <= run.known) return
    run.known = seq
    // Whoever read the log before this process knew of the run may lack its last event: it is said once more.
    run.said ??= seq - 1
    void read(runId, run)
  }

  return {
    add: (runId) => void runs.set(runId, { said: null, known: 0, reading: false }),
    remove: (runId) => void runs.delete(runId),
    has: (runId) => runs.has(runId),
    ids: () => [...runs.keys()],
    events: (runId, events) => {
      const run = runs.get(runId)
      const first = events[0]?.seq
      if (!run || first === undefined) return
      if (run.said === null || (!run.reading && first === run.said + 1)) return say(runId, run, events)
      reached(runId, events.at(-1)?.seq ?? first)
    },
    reached,
    look: async (runIds) => {
      if (runIds.length === 0) return
      const { rows } = await pool.query<{ id: string; seq: number }>({
        name: 'look-at-runs',
        text: 'select id, next_seq - 1 as seq from run where id = any($1::uuid[])',
        values: [runIds],
      })
      for (const { id, seq } of rows) {
        reached(id, seq)
        const run = runs.get(id)
        if (run) void read(id, run)
      }
    },
  }
}

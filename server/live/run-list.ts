import type { LiveDeps } from './deps'
import type { RunChange } from './protocol'

type RunListWatch = { join: (workspaceId: string, hear: (change: RunChange) => void) => () => void; close: () => void }

type Room = {
  hearers: Set<(change: RunChange) => void>
  known: Map<string, string> | null
  timer: NodeJS.Timeout | null
}

/**
 * Tells lists which runs changed. Looks at the newest runs of a workspace while somebody does: their status column is
 * the one thing that every process writes, whoever drives the run.
 */
export function watchRunLists(recentRuns: LiveDeps['recentRuns'], everyMs: number): RunListWatch {
  const rooms = new Map<string, Room>()

  const look = async (workspaceId: string, room: Room) => {
    const runs = await recentRuns(workspaceId).catch(() => null)
    if (!rooms.has(workspaceId)) return
    if (runs) tell(room, runs)
    room.timer = setTimeout(() => void look(workspaceId, room), everyMs)
  }

  return {
    join: (workspaceId, hear) => {
      const room = rooms.get(workspaceId) ?? { hearers: new Set(), known: null, timer: null }
      if (!rooms.has(workspaceId)) {
        rooms.set(workspaceId, room)
        void look(workspaceId, room)
      }
      room.hearers.add(hear)
      return () => {
        room.hearers.delete(hear)
        if (room.hearers.size > 0 || rooms.get(workspaceId) !== room) return
        rooms.delete(workspaceId)
        if (room.timer) clearTimeout(room.timer)
      }
    },
    close: () => {
      for (const { timer } of rooms.values()) if (timer) clearTimeout(timer)
      rooms.clear()
    },
  }
}

/** The first look only learns what is there: whoever joins has just loaded the list. */
function tell(room: Room, runs: readonly RunChange[]): void {
  const before = room.known
  room.known = new Map(runs.map((run) => [run.id, JSON.stringify(run)]))
  if (!before) return
  for (const run of runs.toReversed()) {
    if (before.get(run.id) === room.known.get(run.id)) continue
    for (const hear of room.hearers) hear(run)
  }
}

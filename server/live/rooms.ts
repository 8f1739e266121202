type Hear<M> = (message: M) => void

/** One look at something of a workspace, for all who are interested in it. */
export type Rooms<M> = { join: (workspaceId: string, hear: Hear<M>) => () => void; close: () => void }

type Room<S, M> = { hearers: Set<Hear<M>>; known: S | null; timer: NodeJS.Timeout | null }

type Watching<S, M> = {
  look: (workspaceId: string) => Promise<S>
  /** What those are told who knew `before`; null: they know nothing yet. */
  news: (before: S | null, now: S) => readonly M[]
  /** What somebody is told who joins later. */
  greeting: (now: S) => readonly M[]
  everyMs: number
}

/**
 * Looks again and again at a workspace while somebody does. What is looked at stands in rows that every process writes,
 * whoever drives the run.
 */
export function keepRooms<S, M>({ look, news, greeting, everyMs }: Watching<S, M>): Rooms<M> {
  const rooms = new Map<string, Room<S, M>>()

  const lookAgain = async (workspaceId: string, room: Room<S, M>) => {
    const now = await look(workspaceId).catch(() => null)
    if (rooms.get(workspaceId) !== room) return
    if (now !== null) {
      const messages = news(room.known, now)
      room.known = now
      for (const message of messages) for (const hear of room.hearers) hear(message)
    }
    room.timer = setTimeout(() => void lookAgain(workspaceId, room), everyMs)
  }

  const open = (workspaceId: string): Room<S, M> => {
    const room: Room<S, M> = { hearers: new Set(), known: null, timer: null }
    rooms.set(workspaceId, room)
    void lookAgain(workspaceId, room)
    return room
  }

  return {
    join: (workspaceId, hear) => {
      const room = rooms.get(workspaceId) ?? open(workspaceId)
      room.hearers.add(hear)
      if (room.known !== null) for (const message of greeting(room.known)) hear(message)
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

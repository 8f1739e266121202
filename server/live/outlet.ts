import type { LiveSocket } from './deps'
import type { Outlet } from './watching'

const pageTimeoutMs = 30_000
/** Packets that wait because the other side doesn't read. Events are never dropped: the socket is closed instead. */
const backlogMax = 200

export type Pressure = { isFree: () => boolean; isStuck: () => boolean }

/** Counts what has been handed to the connection and not yet to its transport. */
export function pressureOf(socket: LiveSocket): Pressure {
  let waiting = 0
  socket.conn.on('packetCreate', () => {
    waiting++
  })
  socket.conn.on('flush', () => {
    waiting = 0
  })
  return {
    isFree: () => waiting === 0 && socket.conn.transport.writable,
    isStuck: () => waiting > backlogMax,
  }
}

/** Closing the connection, unlike `disconnect`, lets the client come back by itself. What waits would never be read. */
export const dropConnection = (socket: LiveSocket): void => {
  socket.conn.close(true)
}

export function outletOf(socket: LiveSocket, pressure: Pressure, runId: string): Outlet {
  return {
    events: (events) => {
      if (pressure.isStuck()) return dropConnection(socket)
      socket.emit('events', { runId, events })
    },
    page: async (events) => {
      await socket.timeout(pageTimeoutMs).emitWithAck('page', { runId, events })
    },
    live: (seq) => void socket.emit('live', { runId, seq, now: Date.now() }),
    delta: ({ path, step, attempt, from, text }, offset) =>
      void socket.emit('delta', { runId, path, step, attempt, offset, text: text.slice(offset - from) }),
    isFree: pressure.isFree,
    giveUp: () => dropConnection(socket),
  }
}

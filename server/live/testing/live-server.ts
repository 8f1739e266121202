import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { foldEvents, newRun } from '@/engine/run/reduce'
import type { RunState } from '@/engine/run/state'
import type { WireEvent } from '@/engine/run/wire'
import { attachLive, type Live } from '../attach'
import type { LiveDeps } from '../deps'
import { type ClientMessages, livePath, type ServerMessages } from '../protocol'

export type TestServer = { url: string; live: Live; close: () => Promise<void> }

export async function startLiveServer(deps: LiveDeps): Promise<TestServer> {
  const server = createServer((_request, response) => response.writeHead(404).end())
  const live = attachLive(server, deps)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    live,
    close: async () => {
      live.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export type TestSocket = Socket<ServerMessages, ClientMessages>

export function openSocket(url: string, token: string, headers: Record<string, string> = {}): TestSocket {
  return io(url, {
    path: livePath,
    transports: ['websocket'],
    auth: { token },
    extraHeaders: headers,
    forceNew: true,
    reconnectionDelay: 5,
    reconnectionDelayMax: 20,
  })
}

export type Viewer = {
  state: () => RunState
  events: readonly WireEvent[]
  repeated: () => number
  live: () => boolean
}

/** A viewer as the browser is one: folds what it is sent, and comes back from its last seq after a lost connection. */
export function viewRun(socket: TestSocket, runId: string, after = 0): Viewer {
  const events: WireEvent[] = []
  let state = { ...newRun(), seq: after }
  let repeated = 0
  let live = false
  const take = (message: { events: readonly WireEvent[] }) => {
    repeated += message.events.filter((event) => event.seq <= state.seq).length
    events.push(...message.events)
    state = foldEvents(state, message.events) // throws on a gap
  }
  socket.on('events', take)
  socket.on('page', (message, answer) => {
    take(message)
    answer()
  })
  socket.on('live', () => {
    live = true
  })
  const watch = () => {
    live = false
    socket.emit('watch', { runId, after: state.seq }, () => {})
  }
  socket.on('connect', watch)
  if (socket.connected) watch()
  return { state: () => state, events, repeated: () => repeated, live: () => live }
}

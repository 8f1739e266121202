import type { IncomingMessage } from 'node:http'
import type { Namespace } from 'socket.io'
import { z } from 'zod'
import type { ProjectedEvent } from '@/engine/share/projection'
import type { LiveMessage } from '@/server/runtime/types'
import type { LiveServer, LiveSocket, Visitor } from './deps'
import { outletOf, type Pressure, pressureOf } from './outlet'
import type { ClientMessages, ServerMessages, WatchAnswer } from './protocol'
import { openHub, type RunHub } from './run-hub'
import { startWatching } from './watching'

/** A link as a visitor's socket watches it. */
export type WatchedShare = {
  id: string
  /** Null: nothing happens there, it is only of interest when it ends. */
  run: {
    watch: (hear: (message: LiveMessage) => void) => () => void
    readEvents: (after: number, limit: number) => Promise<readonly ProjectedEvent[]>
  } | null
}

export type ShareDoorDeps = {
  /** Null: there is no such link, or the proof is missing. */
  open: (token: string, proof: string | null, request: IncomingMessage) => Promise<WatchedShare | null>
  /** Which of these links have ended, here or elsewhere. */
  ended: (ids: readonly string[]) => Promise<readonly string[]>
  /** Calls back when a link was ended in this process. */
  onEnd: (hear: (id: string) => void) => void
  lookEveryMs?: number
}

type Door = Namespace<ClientMessages, ServerMessages, Record<string, never>, Visitor>
type Viewer = { socket: LiveSocket; token: string; leave: () => void }
type Room = { viewers: Set<Viewer>; hub: RunHub | null }

const linksPerSocket = 5
const Watch = z.strictObject({ runId: z.string().min(1).max(200), after: z.int().min(0).max(2_147_483_647).default(0) })

/** For those who have nothing but a link. Nobody is asked who they are, and nothing but projected logs is to be had. */
export function openShareDoor(io: LiveServer, deps: ShareDoorDeps): { close: () => void } {
  const door: Door = io.of('/shares')
  const rooms = new Map<string, Room>()

  const end = (id: string) => {
    for (const viewer of [...(rooms.get(id)?.viewers ?? [])]) {
      viewer.leave()
      viewer.socket.emit('left', { runId: viewer.token })
    }
  }
  deps.onEnd(end)
  const look = async () => {
    if (rooms.size > 0) for (const id of await deps.ended([...rooms.keys()])) end(id)
  }
  // A database that can't be asked ends nothing; the next look comes soon.
  const timer = setInterval(() => void look().catch(() => {}), deps.lookEveryMs ?? 400)

  door.on('connection', (socket) => {
    const pressure = pressureOf(socket)
    const places = new Map<string, () => void>()
    const leave = (token: string) => {
      places.get(token)?.()
      places.delete(token)
    }
    socket.on('watch', (request, answer) => void watch({ request, answer, socket, pressure, places, rooms, deps }))
    socket.on('unwatch', (request: unknown) => leave(Watch.safeParse(request).data?.runId ?? ''))
    socket.on('disconnect', () => {
      for (const token of [...places.keys()]) leave(token)
    })
  })
  return { close: () => clearInterval(timer) }
}

type Asked = {
  request: unknown
  answer: unknown
  socket: LiveSocket
  pressure: Pressure
  places: Map<string, () => void>
  rooms: Map<string, Room>
  deps: ShareDoorDeps
}

async function watch({ request, answer, socket, pressure, places, rooms, deps }: Asked): Promise<void> {
  const reply = (message: WatchAnswer) => {
    if (typeof answer === 'function') answer(message)
  }
  const asked = Watch.safeParse(request)
  if (!asked.success) return reply({ ok: false, code: 'bad_request' })
  const { runId: token, after } = asked.data
  if (places.size >= linksPerSocket && !places.has(token)) return reply({ ok: false, code: 'too_many' })

  // Takes the place at once, so that an `unwatch` or a disconnect during the question counts.
  let wanted = true
  places.get(token)?.()
  const forget = () => {
    wanted = false
  }
  places.set(token, forget)
  const share = await deps.open(token, proofOf(socket), socket.request).catch(() => 'unknown' as const)
  if (!wanted) return
  if (share === 'unknown') return outletOf(socket, pressure, token).giveUp()
  if (share === null) {
    places.delete(token)
    return reply({ ok: false, code: 'not_found' })
  }
  reply({ ok: true })
  places.set(token, enter({ share, socket, pressure, token, after, rooms }))
}

const proofOf = ({ handshake }: LiveSocket): string | null => {
  const proof: unknown = handshake.auth.proof
  return typeof proof === 'string' ? proof : null
}

type Entering = Pick<Asked, 'socket' | 'pressure' | 'rooms'> & { share: WatchedShare; token: string; after: number }

function enter({ share: { id, run }, socket, pressure, token, after, rooms }: Entering): () => void {
  const room = rooms.get(id) ?? { viewers: new Set(), hub: null }
  rooms.set(id, room)
  let stop = () => {}
  const viewer: Viewer = {
    socket,
    token,
    leave: () => {
      stop()
      room.viewers.delete(viewer)
      if (room.viewers.size === 0 && rooms.get(id) === room) rooms.delete(id)
    },
  }
  room.viewers.add(viewer)
  const outlet = outletOf(socket, pressure, token)
  if (run) {
    room.hub ??= openHub(run.watch, () => {
      room.hub = null
    })
    stop = startWatching({ hub: room.hub, readEvents: run.readEvents, outlet, after })
  } else outlet.live(0)
  return viewer.leave
}

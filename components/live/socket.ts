'use client'
import { io, type Socket } from 'socket.io-client'
import type { ClientMessages, livePath, ServerMessages } from '@/server/live/protocol'

export type LiveSocket = Socket<ServerMessages, ClientMessages>

const path: typeof livePath = '/api/live'
let socket: LiveSocket | null = null

/** The one socket of this page. */
export function liveSocket(): LiveSocket {
  if (socket) return socket
  socket = open()
  return socket
}

/** For those who have nothing but a share link: another door, behind which nobody is known by a session. */
export const shareSocket = (proof: string | null): LiveSocket => open(doorOfShares, proof === null ? {} : { proof })

const doorOfShares = '/shares'

function open(door = '/', auth: { readonly [name: string]: string } = {}): LiveSocket {
  const opened: LiveSocket = io(door, {
    path,
    auth,
    transports: ['websocket', 'polling'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    // A handshake that got lost on a dead network is not waited for.
    timeout: 8_000,
  })
  // The server could not look the session up just now; the client library gives up after a refusal, so it is asked again.
  opened.on('connect_error', (error) => {
    if (error.message === 'unavailable') setTimeout(() => opened.connect(), 2_000)
  })
  return opened
}

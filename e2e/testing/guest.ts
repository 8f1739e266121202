import { io, type Socket } from 'socket.io-client'
import { replay } from '@/engine/run/reduce'
import type { ProjectedEvent, RunProjection } from '@/engine/share/projection'

export type GuestAnswer<T = RunProjection> = { status: number; headers: Headers; text: string; body: T }

/** Somebody who has nothing but the address of a link: no account, no cookies. */
export async function visit<T = RunProjection>(address: string, init: RequestInit = {}): Promise<GuestAnswer<T>> {
  const response = await fetch(address, { redirect: 'manual', ...init })
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, text, body: (isJson ? JSON.parse(text) : null) as T }
}

export const tokenIn = (url: string): string => new URL(url).pathname.split('/').at(-1) ?? ''

type Delta = { path: string; step: string; attempt: number; offset: number; text: string }

/** Watches a link as its page does, and keeps everything that came over the socket. */
export function follow(url: string, { after = 0, proof }: { after?: number; proof?: string } = {}) {
  const { origin } = new URL(url)
  const token = tokenIn(url)
  const socket: Socket = io(`${origin}/shares`, {
    path: '/api/live',
    transports: ['websocket'],
    auth: proof === undefined ? {} : { proof },
    forceNew: true,
    reconnection: false,
  })
  const events: ProjectedEvent[] = []
  const deltas: Delta[] = []
  const heard: unknown[] = []
  let leftAt: number | null = null
  socket.onAny((...message) => void heard.push(message))
  const take = (message: { events: ProjectedEvent[] }) => void events.push(...message.events)
  socket.on('events', take)
  socket.on('page', (message, answer: () => void) => {
    take(message)
    answer()
  })
  socket.on('delta', (delta: Delta) => void deltas.push(delta))
  socket.on('left', () => {
    leftAt = performance.now()
  })
  const answer: Promise<{ ok: boolean; code?: string }> = socket
    .timeout(10_000)
    .emitWithAck('watch', { runId: token, after })
  return {
    answer,
    events,
    deltas,
    /** All of it, as text. */
    heard: () => JSON.stringify(heard),
    state: () => replay(events),
    leftAt: () => leftAt,
    close: () => socket.disconnect(),
  }
}

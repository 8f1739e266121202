import { type Stream, streamEnd } from '@/engine/run/delta'
import type { RunEvent } from '@/engine/run/events'
import { toWire, type WireEvent } from '@/engine/run/wire'
import type { Listener, RunHub } from './run-hub'

export const pageSize = 500

/** What a socket can do, as far as watching a run needs it. */
export type Outlet = {
  events: (events: readonly WireEvent[]) => void
  /** Resolves when the other side has taken the page; rejects when it doesn't in time. */
  page: (events: readonly WireEvent[]) => Promise<void>
  live: (seq: number) => void
  delta: (stream: Stream, offset: number) => void
  /** Nothing waits to be written, so that something volatile may be sent. */
  isFree: () => boolean
  /** Closes the socket: it can't keep up, and comes back from its last seq. */
  giveUp: () => void
}

export type ReadEvents = (after: number, limit: number) => Promise<readonly RunEvent[]>

type Start = { hub: RunHub; readEvents: ReadEvents; outlet: Outlet; after: number }

/** Looked at before the first of several streams that have news: what it sends must not hold back the others. */
function oncePerTurn(look: () => boolean): () => boolean {
  let seen: boolean | null = null
  return () => {
    if (seen === null) {
      seen = look()
      queueMicrotask(() => {
        seen = null
      })
    }
    return seen
  }
}

/**
 * Sends one socket everything after a seq, then the tail: first it listens, then it reads the log, then what was heard
 * meanwhile comes from the hub's memory. Should a gap ever open, it catches up from the log again.
 */
export function startWatching({ hub, readEvents, outlet, after }: Start): () => void {
  let seq = after
  let state: 'catching up' | 'live' | 'closed' = 'catching up'
  const sent = new Map<string, { attempt: number; offset: number }>()
  const isFree = oncePerTurn(outlet.isFree)

  const listener: Listener = {
    onEvents: (events) => {
      const news = events.filter((event) => event.seq > seq)
      if (state !== 'live' || news[0] === undefined) return
      if (news[0].seq > seq + 1) return void catchUp()
      send(news)
    },
    onStream: (key, stream) => {
      if (state !== 'live') return state === 'closed'
      const known = sent.get(key)
      const offset = known?.attempt === stream.attempt && known.offset >= stream.from ? known.offset : stream.from
      if (offset === streamEnd(stream) && known) return true
      if (!isFree()) return false
      outlet.delta(stream, offset)
      sent.set(key, { attempt: stream.attempt, offset: streamEnd(stream) })
      return true
    },
    onStreamEnd: (key) => void sent.delete(key),
  }

  const send = (events: readonly WireEvent[]) => {
    const last = events.at(-1)
    if (!last) return
    seq = last.seq
    outlet.events(events)
  }

  /** True when the socket has everything and may listen from here on. Nothing may be awaited before it does. */
  const joinTail = (logIsRead: boolean): boolean => {
    const tail = hub.recent.after(seq)
    if (!tail && !(logIsRead && hub.recent.last() <= seq)) return false
    send(tail ?? [])
    state = 'live'
    outlet.live(seq)
    return true
  }

  const catchUp = async () => {
    state = 'catching up'
    let logIsRead = false
    try {
      while (state === 'catching up' && !joinTail(logIsRead)) {
        const events = await readEvents(seq, pageSize)
        if (state !== 'catching up') return
        logIsRead = events.length < pageSize
        const last = events.at(-1)
        if (!last) continue
        seq = last.seq
        if (logIsRead) outlet.events(events.map(toWire))
        else await outlet.page(events.map(toWire))
      }
    } catch {
      if (state === 'catching up') outlet.giveUp()
    }
  }

  hub.add(listener)
  void catchUp()
  return () => {
    state = 'closed'
    hub.remove(listener)
  }
}

import { endsStream, hearDelta, type Stream, streamKey } from '@/engine/run/delta'
import { toWire, type WireEvent } from '@/engine/run/wire'
import type { LiveMessage } from '@/server/runtime/types'
import { keepRecent, type RecentEvents } from './recent-events'

export const deltaEveryMs = 40
const recentMax = 1_000

/** One watcher of a run: a socket. */
export type Listener = {
  onEvents: (events: readonly WireEvent[]) => void
  /** Says whether it is up to date with the stream; if not, it is asked again at the next tick. */
  onStream: (key: string, stream: Stream) => boolean
  onStreamEnd: (key: string) => void
}

export type RunHub = {
  recent: RecentEvents
  add: (listener: Listener) => void
  remove: (listener: Listener) => void
}

type Watch = (hear: (message: LiveMessage) => void) => () => void

/** Hears a run once for all sockets that watch it, and turns it into what they may see. Closes when the last one leaves. */
export function openHub(watch: Watch, onClose: () => void): RunHub {
  const listeners = new Set<Listener>()
  const recent = keepRecent(recentMax)
  const streams = new Map<string, Stream>()
  let timer: NodeJS.Timeout | null = null

  const tick = () => {
    timer = null
    let behind = false
    for (const listener of listeners) {
      for (const [key, stream] of streams) if (!listener.onStream(key, stream)) behind = true
    }
    if (behind) schedule()
  }
  const schedule = () => {
    timer ??= setTimeout(tick, deltaEveryMs)
  }

  const end = (key: string) => {
    streams.delete(key)
    for (const listener of listeners) listener.onStreamEnd(key)
  }

  const hear = (message: LiveMessage) => {
    if (message.type === 'delta') {
      const key = streamKey(message)
      streams.set(key, hearDelta(streams.get(key), message))
      schedule()
      return
    }
    const events = message.events.map(toWire)
    recent.add(events)
    for (const listener of listeners) listener.onEvents(events)
    for (const [key, stream] of streams) if (events.some((event) => endsStream(event, stream))) end(key)
  }

  const stop = watch(hear)
  return {
    recent,
    add: (listener) => {
      listeners.add(listener)
      if (streams.size > 0) schedule()
    },
    remove: (listener) => {
      if (!listeners.delete(listener) || listeners.size > 0) return
      stop()
      if (timer) clearTimeout(timer)
      onClose()
    },
  }
}

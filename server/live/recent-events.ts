import type { WireEvent } from '@/engine/run/wire'

export type RecentEvents = {
  add: (events: readonly WireEvent[]) => void
  /** What followed `seq`; null when that is no longer (or not yet) known here and the log has to be asked. */
  after: (seq: number) => readonly WireEvent[] | null
  last: () => number
}

/** The newest events of one run: bridges the moment between reading the log and hearing the next event. */
export function keepRecent(max: number): RecentEvents {
  let events: WireEvent[] = []

  const add = (more: readonly WireEvent[]) => {
    for (const event of more) {
      const last = events.at(-1)?.seq
      if (last !== undefined && event.seq <= last) continue
      if (last !== undefined && event.seq > last + 1) events = []
      events.push(event)
    }
    if (events.length > 2 * max) events = events.slice(-max)
  }

  const after = (seq: number) => {
    const first = events[0]?.seq
    if (first === undefined || seq < first - 1) return null
    return events.slice(seq - first + 1)
  }

  return { add, after, last: () => events.at(-1)?.seq ?? 0 }
}

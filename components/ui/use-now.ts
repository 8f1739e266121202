'use client'
import { useSyncExternalStore } from 'react'

type Clock = { subscribe: (hear: () => void) => () => void; read: () => number }

/** One timer for everything on the page that shows the same kind of time. */
export function clock(everyMs: number): Clock {
  let now = Date.now()
  let timer: ReturnType<typeof setInterval> | null = null
  const hearers = new Set<() => void>()
  return {
    subscribe: (hear) => {
      hearers.add(hear)
      if (timer === null) {
        // Whatever happened since the page came is not in the future.
        now = Date.now()
        timer = setInterval(() => {
          now = Date.now()
          for (const each of hearers) each()
        }, everyMs)
      }
      return () => {
        hearers.delete(hear)
        if (hearers.size > 0 || !timer) return
        clearInterval(timer)
        timer = null
      }
    },
    read: () => (timer ? now : Math.max(now, Math.floor(Date.now() / everyMs) * everyMs)),
  }
}

const clocks = { second: clock(1_000), minute: clock(20_000) }

/** The time, read anew every second or every twenty; a page made on the server shows none. */
export const useNow = (pace: keyof typeof clocks): number =>
  useSyncExternalStore(clocks[pace].subscribe, clocks[pace].read, () => 0)

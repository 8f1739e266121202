import type { LiveMessage } from './types'

type Hear = (message: LiveMessage) => void

/** Who in this process listens to which run. */
export type Hub = {
  watch: (runId: string, hear: Hear) => () => void
  isWatched: (runId: string) => boolean
  say: (message: LiveMessage) => void
}

export function createHub(report: (error: unknown) => void): Hub {
  const listeners = new Map<string, Set<Hear>>()
  return {
    watch: (runId, hear) => {
      const heard = listeners.get(runId) ?? new Set()
      listeners.set(runId, heard)
      // Its own function object, so that the same listener may come twice.
      const own: Hear = (message) => hear(message)
      heard.add(own)
      return () => {
        heard.delete(own)
        if (heard.size === 0 && listeners.get(runId) === heard) listeners.delete(runId)
      }
    },
    isWatched: (runId) => listeners.has(runId),
    say: (message) => {
      for (const hear of listeners.get(message.runId) ?? []) {
        try {
          hear(message)
        } catch (error) {
          report(error)
        }
      }
    },
  }
}

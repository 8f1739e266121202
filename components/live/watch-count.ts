import type { LiveSocket } from './socket'

const counts = new WeakMap<LiveSocket, Map<string, number>>()

/**
 * Several places of a page may look at one run over its one socket: only the last one to leave ends the watch. What comes
 * back takes one of them away, and says whether it was the last.
 */
export function countWatch(socket: LiveSocket, runId: string): () => boolean {
  const held = counts.get(socket) ?? new Map<string, number>()
  counts.set(socket, held)
  held.set(runId, (held.get(runId) ?? 0) + 1)
  return () => {
    const left = (held.get(runId) ?? 1) - 1
    if (left > 0) held.set(runId, left)
    else held.delete(runId)
    return left === 0
  }
}

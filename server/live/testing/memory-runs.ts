import type { Fact, RunEvent } from '@/engine/run/events'
import type { LiveMessage, Runtime } from '@/server/runtime/types'

export type MemoryRuns = Pick<Runtime, 'watch'> & {
  append: (runId: string, facts: readonly Fact[]) => void
  say: (message: Extract<LiveMessage, { type: 'delta' }>) => void
  log: (runId: string) => readonly RunEvent[]
  readEvents: (runId: string, after: number, limit: number) => Promise<readonly RunEvent[]>
  watchers: (runId: string) => number
}

/**
 * Logs in memory that behave as the runtime promises: an event is in the log before anybody hears of it, and a reader
 * answers late (`delay`), so that things happen between the question and the answer.
 */
export function memoryRuns(delay: () => Promise<void>): MemoryRuns {
  const logs = new Map<string, RunEvent[]>()
  const hearers = new Map<string, Set<(message: LiveMessage) => void>>()
  const logOf = (runId: string) => {
    const log = logs.get(runId) ?? []
    logs.set(runId, log)
    return log
  }
  const tell = (message: LiveMessage) => {
    for (const hear of hearers.get(message.runId) ?? []) hear(message)
  }
  return {
    append: (runId, facts) => {
      const log = logOf(runId)
      const events = facts.map((fact, index) => ({ ...fact, seq: log.length + 1 + index, at: 1_000 + log.length }))
      log.push(...events)
      queueMicrotask(() => tell({ type: 'events', runId, events }))
    },
    say: tell,
    log: logOf,
    readEvents: async (runId, after, limit) => {
      await delay()
      const events = logOf(runId).slice(after, after + limit)
      await delay()
      return events
    },
    watch: (runId, hear) => {
      const set = hearers.get(runId) ?? new Set()
      hearers.set(runId, set.add(hear))
      return () => void set.delete(hear)
    },
    watchers: (runId) => hearers.get(runId)?.size ?? 0,
  }
}

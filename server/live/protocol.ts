import type { PathKey } from '@/engine/path'
import type { PublicStatus } from '@/engine/run/summary'
import type { WireEvent } from '@/engine/run/wire'
import type { Usage } from '@/engine/usage'

/** Where the sockets live on the server. */
export const livePath = '/api/live'

export type WatchProblem = 'not_found' | 'bad_request' | 'too_many'
export type WatchAnswer = { ok: true } | { ok: false; code: WatchProblem }

/** A run in a list, as far as it changes while one looks at it. */
export type RunChange = {
  id: string
  workflowId: string | null
  status: PublicStatus
  startedAt: number | null
  finishedAt: number | null
  usage: Usage | null
}

/** `stamp` is another one whenever the list is; null for an empty list. */
export type ListCount = { count: number; stamp: string | null }
export type InboxCounts = { approvals: ListCount; deadLetters: ListCount }

export type EventsMessage = { runId: string; events: readonly WireEvent[] }

export type ClientMessages = {
  /** Everything after seq `after` (0: from the start), then the tail. */
  watch: (request: { runId: string; after?: number }, answer: (answer: WatchAnswer) => void) => void
  unwatch: (request: { runId: string }) => void
  watchRuns: () => void
  unwatchRuns: () => void
  /** How much waits for a person: at once, and whenever it changes. */
  watchInbox: () => void
  unwatchInbox: () => void
}

export type ServerMessages = {
  /** In the order of seq, no gaps, none twice. */
  events: (message: EventsMessage) => void
  /** Part of a long log. The next one comes after the answer. */
  page: (message: EventsMessage, answer: () => void) => void
  /** The log has been sent up to `seq`; from here on events come as they happen. `now` is the server's clock. */
  live: (message: { runId: string; seq: number; now: number }) => void
  delta: (message: {
    runId: string
    path: PathKey
    step: string
    attempt: number
    offset: number
    text: string
  }) => void
  /** The run can't be watched any longer (the right to see it is gone). */
  left: (message: { runId: string }) => void
  run: (change: RunChange) => void
  inbox: (counts: InboxCounts) => void
}

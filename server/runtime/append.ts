import type { Json } from '@/engine/json'
import type { By } from '@/engine/run/events'
import type { CassetteSetting } from './types'

/** One run's share of a batch. `first` is the seq that its log is expected to go on with. */
export type Append = {
  runId: string
  workspaceId: string
  epoch: number
  first: number
  /** Events as JSON text, in order. */
  events: readonly string[]
  row: RowCache
  payloads: readonly { hash: string; body: string }[]
  /** Ids of run_command rows that these events answer. */
  taken: readonly number[]
  sends: readonly Send[]
  /** Set for the first append of a run: its row is made in the same statement. */
  create: NewRun | null
}

/** What another run is told in the same transaction: a parent of its child's end, a child of its parent's. */
export type Send = {
  runId: string
  kind: 'cancel' | 'pause' | 'resume' | 'child'
  path: string | null
  body: { [key: string]: Json }
  by: By
}

/** What the run's row says, so that lists and sweeps need not read logs. */
export type RowCache = {
  status: string
  wakeAt: number | null
  startedAt: number | null
  finishedAt: number | null
  /** JSON text; null leaves it as it is, and with it the two that follow from the same. */
  summary: string | null
  /** Since when a person is waited for; null when nobody is. */
  askedAt: number | null
  /** Why the run needs somebody to look after it: runs with the same cause have the same id here. */
  cause: string | null
  /** The driver lets go of the run. */
  release: boolean
}

export type NewRun = {
  workflowId: string | null
  version: number | null
  graphHash: string
  trigger: string
  createdAt: number
  createdBy: string | null
  idempotency: { key: string; bodyHash: string } | null
  parent: { runId: string; path: string; depth: number } | null
  cassette: CassetteSetting | null
  owner: string | null
}

/** The arguments of the append statement: one array a column. */
export function appendArguments(batch: readonly Append[]): unknown[] {
  const moved = batch.filter(({ create }) => create === null)
  const made = batch.flatMap((append) => (append.create ? [{ ...append, create: append.create }] : []))
  const next = ({ first, events }: Append) => first + events.length
  return [
    moved.map((a) => a.runId),
    moved.map((a) => a.epoch),
    moved.map((a) => a.first),
    moved.map(next),
    moved.map((a) => a.row.status),
    moved.map((a) => a.row.wakeAt),
    moved.map((a) => a.row.startedAt),
    moved.map((a) => a.row.finishedAt),
    moved.map((a) => asJsonb(a.row.summary)),
    moved.map((a) => a.row.release),
    made.map((a) => a.runId),
    made.map((a) => a.workspaceId),
    made.map((a) => a.create.workflowId),
    made.map((a) => a.create.version),
    made.map((a) => a.create.graphHash),
    made.map((a) => a.create.trigger),
    made.map((a) => a.create.createdAt),
    made.map((a) => a.create.createdBy),
    made.map((a) => a.create.idempotency?.key ?? null),
    made.map((a) => a.create.idempotency?.bodyHash ?? null),
    made.map((a) => a.create.parent?.runId ?? null),
    made.map((a) => a.create.parent?.path ?? null),
    made.map((a) => a.create.parent?.depth ?? 0),
    made.map((a) => (a.create.cassette ? asJsonb(JSON.stringify(a.create.cassette)) : null)),
    made.map((a) => a.epoch),
    made.map((a) => (a.row.release ? null : a.create.owner)),
    made.map(next),
    made.map((a) => a.row.status),
    made.map((a) => a.row.wakeAt),
    made.map((a) => a.row.startedAt),
    made.map((a) => a.row.finishedAt),
    made.map((a) => asJsonb(a.row.summary)),
    ...eventArguments(batch),
    ...payloadArguments(batch),
    ...commandArguments(batch),
    ...sendArguments(batch),
    moved.map((a) => a.row.askedAt),
    moved.map((a) => a.row.cause),
    made.map((a) => a.row.askedAt),
    made.map((a) => a.row.cause),
  ]
}

/** PostgreSQL's jsonb takes neither NUL nor half of a surrogate pair, and the words of other systems may hold both. */
const asJsonb = (text: string | null): string | null =>
  text === null ? null : text.replace(/(?<!\\)((?:\\\\)*)\\u(0000|d[89a-f][0-9a-f]{2})/gi, '$1\\ufffd')

function eventArguments(batch: readonly Append[]): unknown[] {
  const runIds: string[] = []
  const seqs: number[] = []
  const events: string[] = []
  for (const append of batch) {
    for (let i = 0; i < append.events.length; i++) {
      runIds.push(append.runId)
      seqs.push(append.first + i)
      events.push(append.events[i] ?? '')
    }
  }
  return [runIds, seqs, events]
}

/** Content-addressed, so the same value twice in a batch is one row. */
function payloadArguments(batch: readonly Append[]): unknown[] {
  const rows = new Map<string, { workspaceId: string; hash: string; body: string }>()
  for (const { workspaceId, payloads } of batch) {
    for (const payload of payloads) rows.set(`${workspaceId} ${payload.hash}`, { workspaceId, ...payload })
  }
  const list = [...rows.values()].sort((a, b) => (a.hash < b.hash ? -1 : 1))
  return [list.map((row) => row.workspaceId), list.map((row) => row.hash), list.map((row) => row.body)]
}

function commandArguments(batch: readonly Append[]): unknown[] {
  const rows = batch.flatMap(({ taken, runId, first }) => taken.map((id) => ({ id, seq: first, runId })))
  return [rows.map((row) => row.id), rows.map((row) => row.seq), rows.map((row) => row.runId)]
}

function sendArguments(batch: readonly Append[]): unknown[] {
  const rows = batch.flatMap(({ sends, runId }) => sends.map((send) => ({ ...send, from: runId })))
  return [
    rows.map((row) => row.runId),
    rows.map((row) => row.kind),
    rows.map((row) => row.path),
    rows.map((row) => JSON.stringify(row.body)),
    rows.map((row) => JSON.stringify(row.by)),
    rows.map((row) => row.from),
  ]
}

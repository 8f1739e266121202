import type { Pool } from 'pg'
import { appendSql } from '@/server/db/sql/append'
import { type Append, appendArguments } from './append'

/** `ok`: on disk. `lost`: another driver has the run. `exists`: a run with this id or idempotency key was there before. */
export type Appended = 'ok' | 'lost' | 'exists'

export type EventLog = {
  append: (append: Append) => Promise<Appended>
  /** Appends that wait or are on their way: what back-pressure looks at. */
  pending: () => number
  close: () => Promise<void>
}

type Waiting = { append: Append; done: (result: Appended) => void; fail: (error: unknown) => void }

export type LogOptions = {
  /** A statement gets at most this many runs and characters, so that one huge run does not hold up the others for long. */
  maxRuns?: number
  maxCharacters?: number
  /** Statements at a time. More than one lets the next batch be encoded while the last one commits. */
  lanes?: number
  /** How long appends are held while the database is away before their runs are given up; and so when the log closes. */
  patienceMs?: number
  lastPatienceMs?: number
}

/** The log of all runs of this process, written in shared statements. */
export function createEventLog(pool: Pool, options: LogOptions = {}): EventLog {
  const { maxRuns = 256, maxCharacters = 2_000_000, lanes = 2, patienceMs = 60_000, lastPatienceMs = 5_000 } = options
  const queue: Waiting[] = []
  let underWay = 0
  let busy = 0
  let rested = () => {}
  let closesAt = Number.POSITIVE_INFINITY

  const takeBatch = (): Waiting[] => {
    const batch: Waiting[] = []
    let characters = 0
    while (queue.length > 0 && batch.length < maxRuns && characters < maxCharacters) {
      const next = queue.shift()
      if (!next) break
      batch.push(next)
      for (const event of next.append.events) characters += event.length
    }
    return batch.sort((a, b) => (a.append.runId < b.append.runId ? -1 : 1))
  }

  const writeOut = async (batch: readonly Waiting[]): Promise<void> => {
    const until = performance.now() + patienceMs
    const isHopeless = () => performance.now() > Math.min(until, closesAt)
    try {
      const written = await writeBatch(
        pool,
        batch.map(({ append }) => append),
        isHopeless,
      )
      for (const { append, done } of batch) done(resultOf(append, written))
    } catch (error) {
      // What the database refuses of one run must not take the others along.
      if (batch.length > 1 && !mayHavePassed(error)) for (const alone of batch) await writeOut([alone])
      else for (const { fail } of batch) fail(error)
    }
  }

  const work = async () => {
    busy++
    while (queue.length > 0) {
      const batch = takeBatch()
      underWay += batch.length
      await writeOut(batch)
      underWay -= batch.length
    }
    busy--
    if (busy === 0) rested()
  }

  return {
    append: (append) =>
      new Promise((done, fail) => {
        if (closesAt !== Number.POSITIVE_INFINITY) return fail(new Error('The event log is closed.'))
        queue.push({ append, done, fail })
        // Whatever the same turn of the event loop has to say goes into one statement.
        if (busy < lanes) queueMicrotask(() => busy < lanes && queue.length > 0 && void work())
      }),
    pending: () => queue.length + underWay,
    close: () => {
      closesAt = performance.now() + lastPatienceMs
      if (busy === 0 && queue.length === 0) return Promise.resolve()
      return new Promise((resolve) => {
        rested = resolve
      })
    },
  }
}

const resultOf = ({ runId, create }: Append, written: ReadonlySet<string>): Appended =>
  written.has(runId) ? 'ok' : create ? 'exists' : 'lost'

async function writeBatch(pool: Pool, batch: readonly Append[], isHopeless: () => boolean): Promise<Set<string>> {
  const written = new Set<string>()
  let unknown = batch
  for (let attempt = 0; ; attempt++) {
    try {
      if (attempt > 0) {
        // The statement may have been committed although its answer was lost: look before saying it again.
        unknown = await notWritten(pool, unknown, written)
        if (unknown.length === 0) return written
      }
      const { rows } = await pool.query<{ id: string }>({
        name: 'append',
        text: appendSql,
        values: appendArguments(unknown),
      })
      for (const { id } of rows) written.add(id)
      // It may even have been committed between the look and the second try.
      if (attempt > 0) await notWritten(pool, unknown, written)
      return written
    } catch (error) {
      if (!mayHavePassed(error) || isHopeless()) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.min(50 * 2 ** attempt, 1_000)))
    }
  }
}

/** Adds to `written` what is on disk, and gives back the rest. */
async function notWritten(pool: Pool, appends: readonly Append[], written: Set<string>): Promise<readonly Append[]> {
  for (const id of await findWritten(pool, appends)) written.add(id)
  return appends.filter(({ runId }) => !written.has(runId))
}

/** Which of these appends are on disk already, judged by epoch and by the very text of their first event. */
async function findWritten(pool: Pool, appends: readonly Append[]): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select run.id from unnest($1::uuid[], $2::int[], $3::int[], $4::text[]) as w(id, epoch, first, event)
     join run on run.id = w.id and run.epoch = w.epoch
     join run_event e on e.run_id = w.id and e.seq = w.first and e.event = w.event`,
    [
      appends.map((a) => a.runId),
      appends.map((a) => a.epoch),
      appends.map((a) => a.first),
      appends.map((a) => a.events[0] ?? ''),
    ],
  )
  return rows.map(({ id }) => id)
}

/** Connection trouble, a server that stops or starts, a deadlock: the same statement may work in a moment. */
export function mayHavePassed(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string') return error instanceof Error && /connection|timeout|terminated/i.test(error.message)
  return (
    code.startsWith('08') || code.startsWith('57') || code.startsWith('40') || code === '53300' || code.startsWith('E')
  )
}

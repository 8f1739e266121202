import { isOver, type RunState } from '@/engine/run/state'
import { isForPerson, needsPerson, type PublicStatus, waitingFor } from '@/engine/run/summary'
import type { Append, RowCache } from './append'
import { causeIdOf, causeOf } from './cause'
import { notify } from './commands-sql'
import type { RuntimeDeps } from './deps'
import { type Drive, wakeAt } from './drive'
import { faultPoint } from './fault'
import { nothingUnwritten } from './values'

/**
 * Resolves when everything recorded so far is on disk. One append of a run is under way at a time; what comes up
 * meanwhile goes into the next one. Throws LostRun when the run belongs to somebody else.
 */
export async function flush(drive: Drive, deps: RuntimeDeps): Promise<void> {
  const upTo = drive.state.seq
  while (drive.written < upTo) {
    if (drive.closed === 'lost') throw new LostRun('lost')
    await startWriting(drive, deps)
  }
}

/** Brings what is recorded to the disk without waiting for it. */
export function keepFlushing(drive: Drive, deps: RuntimeDeps): void {
  if (hasNews(drive) && drive.closed !== 'lost') void startWriting(drive, deps)
}

function startWriting(drive: Drive, deps: RuntimeDeps): Promise<void> {
  if (drive.flushing) return drive.flushing
  const writing = write(drive, deps)
  drive.flushing = writing
  writing.catch((error) => {
    if (!(error instanceof LostRun)) deps.report(error, { run: drive.runId })
  })
  return writing
}

/** Over, paused, or nothing goes on without a person. */
export const isSettled = (drive: Drive): boolean => {
  const status = statusHere(drive)
  return status !== 'queued' && status !== 'running' && (status !== 'waiting' || needsPerson(drive.state))
}

export function tellWaiters(drive: Drive): void {
  for (const tell of drive.waiters) tell()
  drive.waiters.clear()
}

const hasNews = ({ unwritten }: Drive): boolean =>
  unwritten.events.length > 0 || unwritten.taken.length > 0 || unwritten.sends.length > 0

async function write(drive: Drive, deps: RuntimeDeps): Promise<void> {
  try {
    const { unwritten } = drive
    const append = takeAppend(drive)
    faultPoint('before append')
    const result = await deps.log.append(append)
    if (result !== 'ok') throw new LostRun(result)
    faultPoint('after append')
    drive.create = null
    drive.written += unwritten.events.length
    if (unwritten.sends.length > 0)
      notify(deps.pool, unwritten.sends).catch((error) => deps.report(error, { run: drive.runId }))
    if (unwritten.events.length > 0 && deps.hub.isWatched(drive.runId)) {
      deps.hub.say({ type: 'events', runId: drive.runId, events: unwritten.events })
    }
  } catch (error) {
    // What could not be written may be followed by nothing else: whoever goes on begins with what is on disk.
    lose(drive)
    throw error
  } finally {
    // In the same turn as the end of the append: nobody may take a finished one for one that carries his events.
    drive.flushing = null
    if (drive.waiters.size > 0 && !hasNews(drive) && isSettled(drive)) tellWaiters(drive)
    drive.afterFlush()
    keepFlushing(drive, deps)
  }
}

function takeAppend(drive: Drive): Append {
  const { events, payloads, taken, sends } = drive.unwritten
  drive.unwritten = nothingUnwritten()
  const row = rowOf(drive)
  drive.rowIsStale = false
  return {
    runId: drive.runId,
    workspaceId: drive.workspaceId,
    epoch: drive.epoch,
    first: drive.written + 1,
    events: events.map((event) => JSON.stringify(event)),
    row,
    payloads: [...payloads].map(([hash, body]) => ({ hash, body })),
    taken,
    sends,
    create: drive.create,
  }
}

/** The run went to another driver, or was there before: nothing that this one knows counts any more. */
export class LostRun extends Error {
  readonly why: 'lost' | 'exists'
  constructor(why: 'lost' | 'exists') {
    super(`This process no longer drives the run (${why}).`)
    this.why = why
  }
}

export function lose(drive: Drive): void {
  drive.closed = 'lost'
  tellWaiters(drive)
  if (drive.timer) clearTimeout(drive.timer)
  for (const { abort } of drive.working.values()) abort.abort(new LostRun('lost'))
}

function rowOf(drive: Drive): RowCache {
  const { state } = drive
  const over = isOver(state.run)
  const row = {
    status: statusHere(drive),
    wakeAt: wakeAt(drive),
    startedAt: state.startedAt,
    finishedAt: 'finishedAt' in state.run ? state.run.finishedAt : null,
    release: over,
  }
  if (!drive.rowIsStale && !over) return { ...row, summary: null, askedAt: null, cause: null }
  const summary = summaryOf(state)
  const asked = summary.waitingFor.flatMap((entry) =>
    'since' in entry && isForPerson(entry.reason) ? entry.since : [],
  )
  const cause = causeOf(state)
  return {
    ...row,
    summary: JSON.stringify(summary),
    askedAt: asked.length === 0 ? null : asked.reduce((first, at) => Math.min(first, at)),
    cause: cause && causeIdOf(cause),
  }
}

/** The same as `statusOf`, without looking at every node: this process knows what it is doing. */
const statusHere = ({ state, working, parked, schedule, breathing }: Drive): PublicStatus => {
  const rests = working.size === 0 && parked.size === 0 && !breathing && schedule.root.active > 0
  return rests && state.run.status === 'running' ? 'waiting' : state.run.status
}

/** What lists show, and what decisions are checked against, without reading a log. */
export function summaryOf(state: RunState) {
  const waiting = waitingFor(state).map((entry) => {
    const node = state.nodes.get(entry.path)
    return node?.status === 'waiting' ? { ...entry, wait: node.wait, since: node.since, seq: node.seq } : entry
  })
  return {
    usage: state.usage,
    simulated: state.simulated,
    waitingFor: waiting,
    ...(state.run.status === 'failed' ? { error: { ...state.run.failure, path: state.run.path ?? null } } : {}),
    ...(state.run.status === 'paused'
      ? { paused: { reason: state.run.reason, detail: state.run.detail ?? null } }
      : {}),
  }
}

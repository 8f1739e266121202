import { isOver } from '@/engine/run/state'
import { needsPerson, type PublicStatus, waitingFor } from '@/engine/run/summary'
import type { Append, RowCache } from './append'
import type { RuntimeDeps } from './deps'
import type { Drive } from './drive'

/**
 * Brings what was recorded to the disk, then to whoever watches. One append of a run is under way at a time; what comes
 * up meanwhile goes into the next one.
 */
export function flush(drive: Drive, deps: RuntimeDeps): Promise<void> {
  if (drive.flushing) return drive.flushing
  if (!hasNews(drive)) return Promise.resolve()
  drive.flushing = write(drive, deps).finally(() => {
    drive.flushing = null
    drive.afterFlush()
  })
  return drive.flushing
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

const hasNews = ({ unwritten }: Drive): boolean => unwritten.events.length > 0 || unwritten.taken.length > 0

async function write(drive: Drive, deps: RuntimeDeps): Promise<void> {
  while (hasNews(drive) && drive.closed !== 'lost') {
    const { events, payloads, taken } = drive.unwritten
    drive.unwritten = { events: [], payloads: new Map(), taken: [] }
    const append: Append = {
      runId: drive.runId,
      workspaceId: drive.workspaceId,
      epoch: drive.epoch,
      first: drive.written + 1,
      events: events.map((event) => JSON.stringify(event)),
      row: rowOf(drive),
      payloads: [...payloads].map(([hash, body]) => ({ hash, body })),
      taken,
      create: drive.create,
    }
    const result = await deps.log.append(append)
    if (result !== 'ok') {
      lose(drive)
      throw new LostRun(result)
    }
    drive.create = null
    drive.written += events.length
    if (events.length > 0 && deps.hub.isWatched(drive.runId)) {
      deps.hub.say({ type: 'events', runId: drive.runId, events })
    }
    if (drive.waiters.size > 0 && !hasNews(drive) && isSettled(drive)) tellWaiters(drive)
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
  const status = statusHere(drive)
  return {
    status,
    wakeAt: over ? null : (drive.schedule.wakeups[0]?.at ?? null),
    startedAt: state.startedAt,
    finishedAt: 'finishedAt' in state.run ? state.run.finishedAt : null,
    summary: over || status === 'waiting' || status === 'paused' ? JSON.stringify(summaryOf(drive)) : null,
    release: over || drive.closed === 'released',
  }
}

/** The same as `statusOf`, without looking at every node: this process knows what it is doing. */
const statusHere = ({ state, working, schedule }: Drive): PublicStatus =>
  state.run.status === 'running' && working.size === 0 && schedule.root.active > 0 ? 'waiting' : state.run.status

/** What lists show, and what decisions are checked against, without reading a log. */
export function summaryOf({ state }: Drive) {
  const waiting = waitingFor(state).map((entry) => {
    const node = state.nodes.get(entry.path)
    return node?.status === 'waiting' ? { ...entry, wait: node.wait } : entry
  })
  return {
    usage: state.usage,
    simulated: state.simulated,
    waitingFor: waiting,
    ...(state.run.status === 'failed' ? { error: { ...state.run.failure, path: state.run.path ?? null } } : {}),
    ...(state.run.status === 'paused' ? { paused: { reason: state.run.reason, detail: state.run.detail ?? null } } : {}),
  }
}

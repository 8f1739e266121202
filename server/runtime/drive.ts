import type { Json } from '@/engine/json'
import type { PathKey } from '@/engine/path'
import type { Ref } from '@/engine/payload'
import { isInline } from '@/engine/payload'
import type { Plan } from '@/engine/plan/plan'
import { advanceSchedule } from '@/engine/run/advance-schedule'
import type { Estimate } from '@/engine/run/budget'
import { noReserve } from '@/engine/run/budget'
import { buildSchedule } from '@/engine/run/build-schedule'
import type { Fact, RunEvent } from '@/engine/run/events'
import { reduce } from '@/engine/run/reduce'
import type { Schedule } from '@/engine/run/schedule'
import type { RunState } from '@/engine/run/state'
import type { Cassette } from '@/server/models/cassette'
import type { NewRun } from './append'
import { keepValue, type Unwritten } from './values'
import type { CassetteSetting } from './types'

/** A node at work in this process. */
export type Work = { attempt: number; abort: AbortController }

/**
 * One run in the memory of its one driver. `state` is ahead of the disk by `unwritten`; whatever can be seen from outside
 * waits until that is written.
 */
export type Drive = {
  runId: string
  workspaceId: string
  epoch: number
  depth: number
  plan: Plan
  state: RunState
  schedule: Schedule
  values: Map<string, Json>
  unwritten: Unwritten
  /** The last seq on disk. */
  written: number
  /** Set until the first append has made the run's row. */
  create: NewRun | null
  cassette: { setting: CassetteSetting; play: Cassette | null } | null
  reserved: Estimate
  working: Map<PathKey, Work>
  /** Nodes that stopped between two steps because the run was paused. */
  parked: Set<PathKey>
  /** Commands are taken in the order of their ids, each once. */
  lastCommand: number
  timer: NodeJS.Timeout | null
  flushing: Promise<void> | null
  pumping: boolean
  /** Nothing may be written any more: over, handed over, or lost to another driver. */
  closed: 'over' | 'released' | 'lost' | null
  /** Called after every append, and when the run is lost. */
  afterFlush: () => void
  /** Who waits for the run to end, to pause, or to need a person. */
  waiters: Set<() => void>
}

export function newDrive(base: Pick<Drive, 'runId' | 'workspaceId' | 'epoch' | 'depth' | 'plan' | 'state' | 'schedule'>): Drive {
  return {
    ...base,
    values: new Map(),
    unwritten: { events: [], payloads: new Map(), taken: [] },
    written: base.state.seq,
    create: null,
    cassette: null,
    reserved: noReserve,
    working: new Map(),
    parked: new Set(),
    lastCommand: 0,
    timer: null,
    flushing: null,
    pumping: false,
    closed: null,
    afterFlush: () => {},
    waiters: new Set(),
  }
}

/** Folds facts at once and leaves them to be written. */
export function record(drive: Drive, facts: readonly Fact[], at: number): void {
  if (drive.closed) return
  for (const fact of facts) {
    const event: RunEvent = { ...fact, seq: drive.state.seq + 1, at }
    reduce(drive.state, event)
    drive.unwritten.events.push(event)
    if ('restart' in fact && fact.restart) drive.schedule = buildSchedule(drive.plan, drive.state)
    else advanceSchedule(drive.schedule, drive.state, fact)
  }
}

export const valueOf = (drive: Drive, ref: Ref): Json => {
  if (isInline(ref)) return ref.inline
  const value = drive.values.get(ref.hash)
  if (value === undefined) throw new Error(`The value ${ref.hash} was not loaded.`)
  return value
}

/** The ref of a new value; what is too large for an event is written beside it. */
export const refOf = (drive: Drive, value: Json): Ref => keepValue(drive, value)

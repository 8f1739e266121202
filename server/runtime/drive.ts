import type { Json } from '@/engine/json'
import type { PathKey } from '@/engine/path'
import type { Ref } from '@/engine/payload'
import { isInline } from '@/engine/payload'
import type { Plan } from '@/engine/plan/plan'
import type { Budget, Estimate } from '@/engine/run/budget'
import { noReserve } from '@/engine/run/budget'
import type { Command } from '@/engine/run/decide'
import type { Fact, RunEvent } from '@/engine/run/events'
import { followFact } from '@/engine/run/follow'
import { reduce } from '@/engine/run/reduce'
import type { Schedule } from '@/engine/run/schedule'
import { isOver, type NodeState, type RunState } from '@/engine/run/state'
import type { Cassette } from '@/server/models/cassette'
import type { NewRun } from './append'
import { noteShare } from './note-share'
import type { CassetteSetting } from './types'
import { keepValue, nothingUnwritten, type Unwritten } from './values'

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
  /** Models stream from the first word on: a person started the run and is about to watch it. */
  streams: boolean
  reserved: Estimate
  /** What is held of the budget for child runs that are under way, by the node that started each. */
  shares: Map<PathKey, Budget>
  working: Map<PathKey, Work>
  /** Decided and not yet carried out. */
  due: readonly Command[]
  /** Nodes that stopped between two steps because the run was paused. */
  parked: Set<PathKey>
  /** Steps that a process died in, as `path step`: nobody knows whether they happened. */
  doubts: Set<string>
  /** When nodes that wait for another run have waited long enough. */
  childDeadlines: Map<PathKey, number>
  /** Ids of commands that were acted on; the answer may still be on its way to the disk. */
  taken: Set<number>
  timer: NodeJS.Timeout | null
  /** An append is under way. */
  flushing: Promise<void> | null
  pumping: boolean
  /** Lets others have their turn and goes on by itself. */
  breathing: boolean
  /** No new step begins, because this process is about to hand the run over. */
  leaving: boolean
  /** Its process died before: what is begun is on disk before it has an effect, so that deaths are counted. */
  careful: boolean
  /** What the run waits for is not what its row says. */
  rowIsStale: boolean
  /** Nothing may be written any more: over, or lost to another driver. */
  closed: 'over' | 'lost' | null
  /** Called after every append, and when the run is lost. */
  afterFlush: () => void
  /** Looks for commands. */
  look: () => void
  /** Who waits for the run to end, to pause, or to need a person. */
  waiters: Set<() => void>
}

type Base = Pick<Drive, 'runId' | 'workspaceId' | 'epoch' | 'depth' | 'plan' | 'state' | 'schedule'>

export const newDrive = (base: Base): Drive => ({
  ...base,
  values: new Map(),
  unwritten: nothingUnwritten(),
  written: base.state.seq,
  create: null,
  cassette: null,
  streams: false,
  reserved: noReserve,
  shares: new Map(),
  working: new Map(),
  due: [],
  parked: new Set(),
  doubts: new Set(),
  childDeadlines: new Map(),
  taken: new Set(),
  timer: null,
  flushing: null,
  pumping: false,
  breathing: false,
  leaving: false,
  careful: false,
  rowIsStale: false,
  closed: null,
  afterFlush: () => {},
  look: () => {},
  waiters: new Set(),
})

/** Folds facts at once and leaves them to be written. After the end nothing is added but a new beginning. */
export function record(drive: Drive, facts: readonly Fact[], at: number): void {
  for (const fact of facts) {
    if (drive.closed || (isOver(drive.state.run) && fact.type !== 'run.resumed')) return
    const event: RunEvent = { ...fact, seq: drive.state.seq + 1, at }
    const before = 'path' in fact && fact.path !== undefined ? drive.state.nodes.get(fact.path) : undefined
    reduce(drive.state, event)
    drive.unwritten.events.push(event)
    noteWaits(drive, fact, before)
    noteShare(drive, fact)
    if (isOver(drive.state.run)) tellParent(drive)
    drive.schedule = followFact(drive.schedule, drive.state, fact)
  }
}

function noteWaits(drive: Drive, fact: Fact, before: NodeState | undefined): void {
  if (fact.type.startsWith('run.')) drive.rowIsStale = true
  if (!('path' in fact) || fact.path === undefined || !fact.type.startsWith('node.')) return
  const { path } = fact
  if (before?.status === 'waiting' || before?.status === 'retrying') drive.rowIsStale = true
  if (before?.status === 'waiting' && before.waiting.reason === 'child') {
    drive.childDeadlines.delete(path)
    // Whatever else ends the wait, nobody is interested in what the child does any more.
    if (!(fact.type === 'node.resumed' && fact.cause.type === 'child')) tellChild(drive, before.waiting.runId, 'cancel')
  }
  const after = drive.state.nodes.get(path)
  if (after?.status === 'retrying') drive.rowIsStale = true
  if (after?.status !== 'waiting') return
  drive.rowIsStale = true
  noteChildDeadline(drive, path, after)
}

/** A child run takes as long as it takes, unless the attempt that started it has a time limit. */
export function noteChildDeadline(drive: Drive, path: PathKey, node: NodeState): void {
  if (node.status !== 'waiting' || node.waiting.reason !== 'child') return
  const timeoutMs = drive.schedule.instances.get(path)?.node.timeoutMs ?? null
  if (timeoutMs !== null) drive.childDeadlines.set(path, node.startedAt + timeoutMs)
}

/** In the very append that ends the run: a crash right behind it must not leave the parent waiting. */
function tellParent({ runId, state, unwritten }: Drive): void {
  if (!state.parent) return
  const { runId: parent, path } = state.parent
  const body = { runId, status: state.run.status }
  unwritten.sends.push({ runId: parent, kind: 'child', path, body, by: { type: 'run', id: runId } })
}

/** Reaches the child in the very append that says why. Those of a replay are somebody else's: it started none. */
export function tellChild(drive: Drive, childId: string, kind: 'cancel' | 'pause' | 'resume'): void {
  if (drive.cassette?.play) return
  drive.unwritten.sends.push({ runId: childId, kind, path: null, body: {}, by: { type: 'run', id: drive.runId } })
}

export const readValue = (drive: Drive, ref: Ref): Json => {
  if (isInline(ref)) return ref.inline
  const value = drive.values.get(ref.hash)
  if (value === undefined) throw new Error(`The value ${ref.hash} was not loaded.`)
  return value
}

/** The ref of a new value; what is too large for an event is written beside it. */
export const refOf = (drive: Drive, value: Json): Ref => keepValue(drive, value)

/** When this run has to be looked at although nothing will have happened. */
export function wakeAt({ schedule, childDeadlines, state }: Drive): number | null {
  if (state.run.status !== 'running' && state.run.status !== 'queued') return null
  const times = [...childDeadlines.values()]
  const next = schedule.wakeups[0]?.at
  if (next !== undefined) times.push(next)
  return times.length === 0 ? null : Math.min(...times)
}

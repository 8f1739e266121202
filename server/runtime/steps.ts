import { type Failure, NodeError } from '@/engine/failure'
import type { Json } from '@/engine/json'
import type { Estimate } from '@/engine/run/budget'
import type { Fact, StepKind } from '@/engine/run/events'
import type { Instance } from '@/engine/run/schedule'
import { isOver } from '@/engine/run/state'
import { replayed, requestFacts } from './cassette-steps'
import type { RuntimeDeps } from './deps'
import { type Drive, readValue, record, refOf } from './drive'
import { faultPoint } from './fault'
import { flush, keepFlushing, LostRun } from './flush'
import { patiently } from './patient'
import { hasBudget, reserve } from './spend'

/** The node stops between two steps; it is entered again when the run goes on. */
export class Parked extends Error {}

/** A step was begun and its end is unknown; it may not be repeated unasked. */
export class InDoubt extends Error {
  readonly step: string
  constructor(step: string) {
    super(`The outcome of ${step} is unknown.`)
    this.step = step
  }
}

export type Place = { instance: Instance; signal: AbortSignal }

export type Work<T extends Json> = {
  step: string
  kind: StepKind
  /** What identifies the call in a cassette; null for what a replay does itself. */
  request: object | null
  repeatable: boolean
  /** What it may use up; left out where nothing is used. Asked only when the run has limits. */
  estimate?: () => Promise<Estimate>
  facts?: (result: T) => Partial<Extract<Fact, { type: 'step.completed' }>>
  run: (idempotencyKey: string) => Promise<T>
}

export const doubtKey = (path: string, step: string): string => `${path} ${step}`

export function recordedStep(drive: Drive, path: string, name: string): Json | undefined {
  const known = drive.state.steps.get(path)?.get(name)
  return known?.status === 'completed' ? readValue(drive, known.result) : undefined
}

/** Does a step once: what is recorded answers from the log, and what is done is recorded before anything builds on it. */
export async function takeStep<T extends Json>(
  drive: Drive,
  deps: RuntimeDeps,
  place: Place,
  work: Work<T>,
): Promise<T> {
  const { instance, signal } = place
  const { step } = work
  const known = recordedStep(drive, instance.key, step)
  if (known !== undefined) return known as T
  mayGoOn(drive, signal)
  const startedAt = deps.clock.now()
  const replay = replayed(drive, { path: instance.key, step }, work)
  if (replay) {
    if (!work.repeatable) announce(drive, deps, place, work)
    return complete(drive, deps, place, { work, result: replay.result as T, startedAt })
  }
  settleDoubt(drive, instance, step)
  const release = await reserveFor(drive, deps, place, work)
  try {
    const result = await effect(drive, deps, place, work)
    return complete(drive, deps, place, { work, result, startedAt })
  } catch (error) {
    recordFailure(drive, deps, place, { work, error, startedAt })
    throw error
  } finally {
    release()
  }
}

const idempotencyKeyOf = ({ runId }: Drive, { instance }: Place, step: string): string =>
  `${runId}:${instance.key}:${step}`

function announce<T extends Json>(drive: Drive, deps: RuntimeDeps, place: Place, { step, kind }: Work<T>): void {
  const idempotencyKey = idempotencyKeyOf(drive, place, step)
  record(drive, [{ type: 'step.started', path: place.instance.key, step, kind, idempotencyKey }], deps.clock.now())
}

async function effect<T extends Json>(drive: Drive, deps: RuntimeDeps, place: Place, work: Work<T>): Promise<T> {
  const { signal } = place
  const { step, kind } = work
  if (!work.repeatable) announce(drive, deps, place, work)
  if (!work.repeatable || drive.careful) {
    await flush(drive, deps)
    try {
      // What it may use is reserved already: that another call found no budget left is not its concern.
      if (!isPausedForMoney(drive)) mayGoOn(drive, signal)
    } catch (error) {
      if (error instanceof Parked && !work.repeatable) takeBack(drive, deps, place, work)
      throw error
    }
  }
  faultPoint(`before ${kind}`)
  const result = await untilAborted(
    signal,
    patiently(deps, signal, () => work.run(idempotencyKeyOf(drive, place, step))),
  )
  faultPoint(`after ${kind}`)
  return result
}

/** What comes after the attempt has ended is of no use to anybody: another one may be at the same step already. */
const untilAborted = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })

async function reserveFor<T extends Json>(
  drive: Drive,
  deps: RuntimeDeps,
  { instance, signal }: Place,
  { estimate }: Work<T>,
): Promise<() => void> {
  if (!estimate || !hasBudget(drive)) return () => {}
  const wanted = await patiently(deps, signal, estimate)
  mayGoOn(drive, signal)
  const release = reserve(drive, deps, instance.key, wanted)
  if (!release) throw new Parked()
  return release
}

type Done<T extends Json> = { work: Work<T>; result: T; startedAt: number }

function complete<T extends Json>(drive: Drive, deps: RuntimeDeps, { instance }: Place, done: Done<T>): T {
  const { work, result, startedAt } = done
  const { step, kind, request, facts } = work
  const fact: Fact = {
    type: 'step.completed',
    path: instance.key,
    step,
    kind,
    result: refOf(drive, result),
    startedAt,
    ...(request ? requestFacts(drive, request) : {}),
    ...facts?.(result),
  }
  record(drive, [fact], deps.clock.now())
  drive.doubts.delete(doubtKey(instance.key, step))
  // What follows from it is mostly known in this very turn, and then shares its append.
  setImmediate(keepFlushing, drive, deps)
  return result
}

const internal: Failure = { code: 'internal', message: 'Something went wrong inside Baton.' }

/** It was announced and then not made: there is no doubt about it. */
function takeBack<T extends Json>(drive: Drive, deps: RuntimeDeps, { instance }: Place, { step, kind }: Work<T>): void {
  const failure: Failure = { code: 'cancelled', message: 'The run paused before it was made.' }
  const now = deps.clock.now()
  record(drive, [{ type: 'step.failed', path: instance.key, step, kind, failure, startedAt: now }], now)
  keepFlushing(drive, deps)
}

type Failed<T extends Json> = { work: Work<T>; error: unknown; startedAt: number }

function recordFailure<T extends Json>(drive: Drive, deps: RuntimeDeps, { instance }: Place, failed: Failed<T>): void {
  const { work, error, startedAt } = failed
  if (error instanceof LostRun || error instanceof Parked) return
  const failure = error instanceof NodeError ? error.failure : internal
  const { step, kind } = work
  record(drive, [{ type: 'step.failed', path: instance.key, step, kind, failure, startedAt }], deps.clock.now())
  drive.doubts.delete(doubtKey(instance.key, step))
}

/** Every step begins here: a run that is paused, over, somebody else's or about to be so takes none. */
function mayGoOn(drive: Drive, signal: AbortSignal): void {
  if (signal.aborted) throw signal.reason
  if (drive.closed || isOver(drive.state.run)) throw new LostRun('lost')
  if (drive.leaving || drive.state.run.status === 'paused') throw new Parked()
}

const isPausedForMoney = ({ closed, leaving, state: { run } }: Drive): boolean =>
  !closed && !leaving && run.status === 'paused' && (run.reason === 'budget' || run.reason === 'price_unknown')

/** A person decides whether a call that was cut off is made again. */
function settleDoubt(drive: Drive, { key, node }: Instance, step: string): void {
  if (node.onDoubt !== 'ask') return
  if (drive.doubts.has(doubtKey(key, step))) throw new InDoubt(step)
  const known = drive.state.nodes.get(key)
  const cause = known?.status === 'running' ? known.resumed : undefined
  if (cause?.type !== 'decision' || cause.step !== step || cause.decision === 'approved') return
  if (drive.state.steps.get(key)?.get(step)?.status !== 'started') return
  const message = `The step ${step} was cut off and was not repeated${cause.comment ? `: ${cause.comment}` : '.'}`
  throw new NodeError({ code: 'in_doubt', message })
}

import { type Failure, NodeError } from '@/engine/failure'
import type { BoxMove, KindRun, Outcome, WaitRequest } from '@/engine/kind/run'
import { afterFailure } from '@/engine/run/after-failure'
import { openingStep, resolverOver } from '@/engine/run/bindings'
import type { Fact, Waiting } from '@/engine/run/events'
import { arrivedAt, arrivedRef } from '@/engine/run/resolve'
import type { Instance } from '@/engine/run/schedule'
import { boxContext, nodeContext, seenRun } from './context'
import type { Driver } from './driver'
import { refOf } from './values'

/** Facts to record, or nothing: the node stopped because the run is paused, or nobody wants its answer any more. */
export type Performed = readonly Fact[] | 'parked' | 'void'

export class Parked extends Error {}
export class Unwanted extends Error {}

export type Task = { instance: Instance; attempt: number; isMove: boolean }

export function perform(driver: Driver, task: Task): Performed | Promise<Performed> {
  const startedAt = Math.round(driver.world.now)
  try {
    const outcome = enter(driver, task)
    if (!(outcome instanceof Promise)) return factsOf(driver, task, outcome, startedAt)
    return outcome.then(
      (value) => factsOf(driver, task, value, startedAt),
      (error) => afterError(driver, task, error),
    )
  } catch (error) {
    return afterError(driver, task, error)
  }
}

function enter(driver: Driver, { instance, attempt, isMove }: Task): BoxMove | Promise<BoxMove> {
  const run: KindRun | undefined = driver.runs[instance.node.kind]
  if (run?.type === 'box' && isMove) return run.advance(boxContext(driver, { instance, attempt }))
  if (run?.type === 'node' && !isMove) return run.run(nodeContext(driver, { instance, attempt }))
  throw new Error(`${instance.node.kind} can't be entered this way`)
}

function factsOf(driver: Driver, { instance, attempt }: Task, outcome: BoxMove, startedAt: number): readonly Fact[] {
  const { state, values } = driver
  const path = instance.key
  if ('open' in outcome) {
    const step = openingStep(state.openings.get(path)?.length ?? 0)
    const result = refOf(values, outcome.value)
    return [{ type: 'step.completed', path, step, kind: 'open', result, startedAt, opening: outcome.open }]
  }
  if ('wait' in outcome) {
    const wait = (state.waits.get(path) ?? 0) + 1
    return [{ type: 'node.waiting', path, attempt, wait, waiting: waitingOf(driver, outcome.wait) }]
  }
  return [completed(driver, instance, { attempt, outcome })]
}

type Done = { attempt: number; outcome: Exclude<Outcome, { wait: WaitRequest }> }

function completed(driver: Driver, instance: Instance, { attempt, outcome }: Done): Fact {
  const { state, values } = driver
  const detail = outcome.detail === undefined ? {} : { detail: refOf(values, outcome.detail) }
  const head = { type: 'node.completed' as const, path: instance.key, attempt, ...detail }
  if ('output' in outcome) return { ...head, output: refOf(values, outcome.output), ports: outcome.ports ?? ['out'] }
  const output = arrivedRef(state, instance) ?? refOf(values, arrivedAt(resolverOver(seenRun(driver)), instance))
  return { ...head, output, ports: outcome.ports }
}

function waitingOf({ world, values }: Driver, request: WaitRequest): Waiting {
  const now = Math.round(world.now)
  if (request.reason === 'timer') {
    return { reason: 'timer', until: 'until' in request ? request.until : now + request.seconds * 1000 }
  }
  if (request.reason !== 'approval') throw new Error(`nobody waits for a ${request.reason} here`)
  const { title, message, fields, onTimeout, timeoutSeconds } = request
  const deadline = timeoutSeconds === undefined ? {} : { deadline: now + timeoutSeconds * 1000 }
  return { reason: 'approval', title, message: refOf(values, message), fields, onTimeout, ...deadline }
}

function afterError(driver: Driver, { instance, attempt }: Task, error: unknown): Performed {
  if (error instanceof Parked) return 'parked'
  if (error instanceof Unwanted) return 'void'
  if (!(error instanceof NodeError)) throw error
  return [factOfFailure(driver, instance, { attempt, failure: error.failure })]
}

export function factOfFailure(
  { state, values, world }: Driver,
  instance: Instance,
  { attempt, failure }: { attempt: number; failure: Failure },
): Fact {
  return afterFailure(instance, state.nodes.get(instance.key), failure, {
    attempt,
    now: Math.round(world.now),
    random: world.random(),
    keep: (value) => refOf(values, value),
  })
}

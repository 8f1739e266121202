import { type Failure, NodeError } from '@/engine/failure'
import { isJsonObject, type Json, own } from '@/engine/json'
import type { BoxMove, KindRun, Outcome, StepTools, WaitRequest } from '@/engine/kind/run'
import { afterFailure } from '@/engine/run/after-failure'
import { openingStep } from '@/engine/run/bindings'
import type { Fact, Waiting } from '@/engine/run/events'
import { arrivedAt, arrivedRef } from '@/engine/run/resolve'
import type { Instance } from '@/engine/run/schedule'
import { boxContext, nodeContext } from './context'
import type { RuntimeDeps } from './deps'
import { type Drive, readValue, refOf } from './drive'
import { LostRun } from './flush'
import { resolverOf } from './resolver'
import { excessOf } from './run-size'
import { createSteps } from './step-tools'
import { InDoubt, Parked } from './steps'

/** What came of performing a node: facts to record, or nothing because the node parked or was closed meanwhile. */
export type Performed = Fact[] | 'parked' | 'void'

type Attempt = { instance: Instance; attempt: number; startedAt: number }

/** Enters a node once. Nodes that only compute answer at once; the others with a promise. */
export function perform(
  drive: Drive,
  deps: RuntimeDeps,
  task: Attempt & { advance: boolean },
): Performed | Promise<Performed> {
  const { instance, attempt } = task
  const pinned = pinnedOutput(drive, instance)
  if (pinned !== undefined) return [pinnedFact(drive, task, pinned)]
  const run = deps.runs[instance.node.kind]
  if (!run)
    return failed(drive, deps, task, {
      code: 'engine_mismatch',
      message: `There is no node kind ${instance.node.kind}.`,
    })
  const abort = drive.working.get(instance.key)?.abort ?? neverAborted
  const steps = instance.node.inline ? noSteps : createSteps(drive, deps, { instance, signal: abort.signal })
  const entering = { instance, attempt, signal: abort.signal, steps, now: deps.clock.now }
  try {
    const outcome = enter(drive, run, entering, task.advance)
    if (!(outcome instanceof Promise)) return factsOf(drive, deps, task, outcome)
    return settleBeforeAbort(outcome, abort.signal).then(
      (value) => factsOf(drive, deps, task, value),
      (error) => afterError(drive, deps, task, error),
    )
  } catch (error) {
    return afterError(drive, deps, task, error)
  }
}

/** What the draft has pinned for this node: it is taken in every instance, and nothing of the node happens. */
function pinnedOutput(drive: Drive, { node }: Instance): Json | undefined {
  const { pins } = drive.state
  const values = pins && readValue(drive, pins)
  return isJsonObject(values) ? own(values, node.id) : undefined
}

const pinnedFact = (drive: Drive, { instance, attempt }: Attempt, value: Json): Fact => ({
  type: 'node.completed',
  path: instance.key,
  attempt,
  output: refOf(drive, value),
  ports: ['out'],
  pinned: true,
})

const neverAborted = new AbortController()

const noSteps = new Proxy({} as StepTools, {
  get: () => {
    throw new Error('A node that is said to only compute takes no steps.')
  },
})

function enter(
  drive: Drive,
  run: KindRun,
  entering: Parameters<typeof nodeContext>[1],
  advance: boolean,
): BoxMove | Promise<BoxMove> {
  if (run.type === 'box' && advance) return run.advance(boxContext(drive, entering))
  if (run.type === 'node' && !advance) return run.run(nodeContext(drive, entering))
  throw new Error(`${entering.instance.node.kind} can't be entered this way`)
}

/** Whatever a node does when it is told to stop: it has stopped for us, once its steps have written down how they ended. */
const settleBeforeAbort = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = () => setImmediate(() => reject(signal.reason))
    if (signal.aborted) return void stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })

function factsOf(drive: Drive, deps: RuntimeDeps, task: Attempt, outcome: BoxMove): Performed {
  const { instance, attempt, startedAt } = task
  const path = instance.key
  if ('open' in outcome) {
    const excess = excessOf(drive, instance, outcome.open)
    if (excess) return failed(drive, deps, task, excess)
    const step = openingStep(drive.state.openings.get(path)?.length ?? 0)
    const result = refOf(drive, outcome.value)
    return [{ type: 'step.completed', path, step, kind: 'open', result, startedAt, opening: outcome.open }]
  }
  if ('wait' in outcome) {
    const wait = (drive.state.waits.get(path) ?? 0) + 1
    return [{ type: 'node.waiting', path, attempt, wait, waiting: waitingOf(drive, outcome.wait, deps.clock.now()) }]
  }
  return [completed(drive, task, outcome)]
}

function completed(
  drive: Drive,
  { instance, attempt }: Attempt,
  outcome: Exclude<Outcome, { wait: WaitRequest }>,
): Fact {
  const detail = outcome.detail === undefined ? {} : { detail: refOf(drive, outcome.detail) }
  const head = { type: 'node.completed' as const, path: instance.key, attempt }
  if ('output' in outcome) {
    return { ...head, output: refOf(drive, outcome.output), ports: outcome.ports ?? ['out'], ...detail }
  }
  const output = arrivedRef(drive.state, instance) ?? refOf(drive, arrivedAt(resolverOf(drive), instance))
  return { ...head, output, ports: outcome.ports, ...detail }
}

function waitingOf(drive: Drive, request: WaitRequest, now: number): Waiting {
  switch (request.reason) {
    case 'approval': {
      const { title, message, fields, onTimeout, timeoutSeconds } = request
      const deadline = timeoutSeconds === undefined ? {} : { deadline: now + timeoutSeconds * 1000 }
      return { reason: 'approval', title, message: refOf(drive, message), fields, onTimeout, ...deadline }
    }
    case 'tool_approval':
      return { ...request, arguments: refOf(drive, request.arguments) }
    case 'timer':
      return { reason: 'timer', until: 'until' in request ? request.until : now + request.seconds * 1000 }
    case 'child':
      return { reason: 'child', runId: request.runId }
  }
}

function afterError(drive: Drive, deps: RuntimeDeps, task: Attempt, error: unknown): Performed {
  if (error instanceof Parked) return 'parked'
  if (error instanceof LostRun) return 'void'
  if (error instanceof InDoubt) {
    const path = task.instance.key
    const wait = (drive.state.waits.get(path) ?? 0) + 1
    return [{ type: 'node.waiting', path, attempt: task.attempt, wait, waiting: { reason: 'doubt', step: error.step } }]
  }
  if (error instanceof NodeError) return failed(drive, deps, task, error.failure)
  deps.report(error, { run: drive.runId, path: task.instance.key })
  // Whatever it says may hold things that are nobody's business.
  return failed(drive, deps, task, {
    code: 'internal',
    message: 'Something went wrong inside Baton. The server log says more.',
  })
}

function failed(drive: Drive, deps: RuntimeDeps, { instance, attempt }: Attempt, failure: Failure): Fact[] {
  const circumstances = {
    attempt,
    now: deps.clock.now(),
    random: deps.random(),
    keep: (value: Parameters<typeof refOf>[1]) => refOf(drive, value),
  }
  return [afterFailure(instance, drive.state.nodes.get(instance.key), failure, circumstances)]
}

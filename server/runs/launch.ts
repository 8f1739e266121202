import { hash } from 'node:crypto'
import type { Json } from '@/engine/json'
import { type Pins, pinProblems } from '@/engine/plan/pins'
import type { RunState } from '@/engine/run/state'
import { atRest } from '@/engine/run/summary'
import { canonicalText } from '@/engine/same-json'
import { specs } from '@/nodes/registry/specs'
import type { Actor } from '@/server/people/actor'
import { done, type Outcome, refuse } from '@/server/refusal'
import { checkInput } from '@/server/runs/check-input'
import { type RunView, viewRun } from '@/server/runs/run-view'
import { readCassette, type StartOptions } from '@/server/runs/start-options'
import type { StartAnswer, StartRequest } from '@/server/runtime/types'
import type { Deps } from '@/server/use-case'
import type { Compiled } from '@/server/workflows/compiled'

/** `accepted` is not waited for; `settled` has come to an end, a pause or a person; `running` was not there in time. */
export type Started = { type: 'accepted'; id: string; status: 'queued' } | { type: 'settled' | 'running'; run: RunView }

export type Launch = {
  compiled: Compiled
  workflowId: string | null
  version: number | null
  options: StartOptions
  /** Of a draft: outputs that are taken instead of running the node. */
  pins?: Pins
  /** What an idempotency key stands for: two requests are the same when this is. */
  body: { [key: string]: unknown }
  trigger: StartRequest['trigger']
}

/** Everything that starting a run has in common, however it is asked for. The graph is stored already. */
export async function launch(deps: Deps, actor: Actor, order: Launch): Promise<Outcome<Started>> {
  const { compiled, options } = order
  if (compiled.plan === null) {
    return refuse('invalid_graph', 'This workflow can not run before its problems are mended.', {
      problems: compiled.problems,
    })
  }
  const misfits = pinProblems(compiled.graph, specs, order.pins ?? {})
  if (misfits.length > 0) return refuse('invalid_graph', 'A pinned output no longer fits.', { problems: misfits })
  const input = await checkInput(deps, actor.workspaceId, {
    fields: compiled.fields,
    given: options.input ?? null,
    at: 'input',
  })
  if (!input.ok) return input
  const cassette = await readCassette(deps, actor, options)
  if (!cassette.ok) return cassette
  const { idempotencyKey: key, budget } = options
  return begin(deps, order, {
    workspaceId: actor.workspaceId,
    workflowId: order.workflowId,
    version: order.version,
    graphHash: compiled.hash,
    plan: compiled.plan,
    input: input.value,
    trigger: order.trigger,
    createdBy: actor.keyId ?? actor.userId,
    attended: (options.wait ?? 0) > 0,
    ...(order.pins === undefined ? {} : { pins: order.pins }),
    ...(key === undefined ? {} : { idempotency: { key, bodyHash: bodyHash(order.body) } }),
    ...(budget === undefined ? {} : { budget: definedOnly(budget) }),
    ...(cassette.value === null ? {} : { cassette: cassette.value }),
  })
}

/** Hands the run to the runtime and waits as long as was asked for. */
export async function begin(
  deps: Deps,
  { compiled, options }: Pick<Launch, 'compiled' | 'options'>,
  request: StartRequest,
): Promise<Outcome<Started>> {
  const answer = await deps.runtime.start(request)
  if (answer.type === 'busy') {
    return refuse('busy', 'The system is full at the moment; try again.', {
      extra: { retryAfterSeconds: answer.retryAfterSeconds },
    })
  }
  if (answer.type === 'conflict') {
    return refuse('idempotency_conflict', 'This idempotency key was used with another body.', {
      extra: { runId: answer.runId },
    })
  }
  const { runId } = answer
  const waitMs = (options.wait ?? 0) * 1_000
  if (waitMs === 0) return done({ type: 'accepted', id: runId, status: 'queued' })
  const state = await waitFor(deps, answer, waitMs)
  if (!state) {
    return refuse('unavailable', 'The run was lost before it was on disk. Nothing of it has happened; start it again.')
  }
  const { workspaceId, workflowId, version } = request
  const run = await viewRun(deps, { workspaceId, id: runId, workflowId, version }, { state, compiled })
  return done({ type: atRest(state) ? 'settled' : 'running', run })
}

type Begun = Extract<StartAnswer, { type: 'started' | 'repeated' }>

/**
 * The driver in this process says how the run settled; what another one drives is looked at as long as there is time.
 * Whether it has settled is said by the state alone, not by who stopped waiting. Null: there is no such run.
 */
async function waitFor({ runtime }: Deps, answer: Begun, ms: number): Promise<RunState | null> {
  const { runId } = answer
  const until = performance.now() + ms
  const state = answer.type === 'started' ? await within(answer.settled, ms) : null
  if (state !== null && state !== 'late') return state
  const rest = until - performance.now()
  if (state !== 'late' && rest > 0) {
    const stop = new AbortController()
    await within(runtime.untilSettled(runId, stop.signal), rest)
    stop.abort()
  }
  return runtime.read(runId)
}

/** Null also when it went wrong: how the run stands is then looked up. */
function within<T>(promise: Promise<T>, ms: number): Promise<T | 'late' | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('late'), ms)
    const finish = (value: T | null) => {
      clearTimeout(timer)
      resolve(value)
    }
    promise.then(finish, () => finish(null))
  })
}

const bodyHash = (body: { [key: string]: unknown }): string =>
  hash('sha256', canonicalText(JSON.parse(JSON.stringify(body)) as Json), 'base64url')

/** Without keys whose value is undefined. */
export const definedOnly = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

import { type Failure, NodeError } from '@/engine/failure'
import type { Json, JsonObject } from '@/engine/json'
import type { HttpAnswer, StepTools } from '@/engine/kind/run'
import type { ModelAnswer } from '@/engine/model/types'
import { addEstimate, checkBudget, type Estimate, withoutEstimate } from '@/engine/run/budget'
import type { Fact, StepKind } from '@/engine/run/events'
import type { Instance } from '@/engine/run/schedule'
import { isOver } from '@/engine/run/state'
import { sendHttp } from '@/server/outbound/send-http'
import { childIdOf } from './child-id'
import { childResultOf } from './child-result'
import { replayed, requestFacts } from './cassette-steps'
import type { RuntimeDeps } from './deps'
import { type Drive, record, refOf, valueOf } from './drive'
import { flush, LostRun } from './flush'
import { keepFlushing } from './keep-flushing'
import { placeSecrets } from './place-secrets'

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

type Place = { instance: Instance; signal: AbortSignal }

type Work<T extends Json> = {
  step: string
  kind: StepKind
  /** What identifies the call in a cassette; null for what a replay does itself. */
  request: object | null
  repeatable: boolean
  estimate?: () => Promise<Estimate>
  facts?: (result: T) => Partial<Extract<Fact, { type: 'step.completed' }>>
  run: (idempotencyKey: string) => Promise<T>
}

export function createSteps(drive: Drive, deps: RuntimeDeps, place: Place): StepTools {
  const { instance, signal } = place
  const path = instance.key
  const secret = (name: string) => deps.secret(drive.workspaceId, name)
  const step = <T extends Json>(work: Work<T>) => takeStep(drive, deps, place, work)

  return {
    model: (name, request) =>
      step<ModelAnswer & JsonObject>({
        step: name,
        kind: 'model',
        request,
        repeatable: true,
        estimate: () => deps.models.estimate(drive.workspaceId, request),
        facts: modelFacts,
        run: (idempotencyKey) =>
          deps.models.call({
            workspaceId: drive.workspaceId,
            request,
            signal,
            idempotencyKey,
            ...(deps.hub.isWatched(drive.runId) ? { onDelta: deltasOf(drive, deps, path, name) } : {}),
          }) as Promise<ModelAnswer & JsonObject>,
      }),
    tool: (name, { tool, arguments: args, secrets = [] }) => {
      const definition = deps.tools.get(tool)
      if (!definition) throw new NodeError({ code: 'unknown_tool', message: `There is no tool called ${tool}.` })
      return step<Json>({
        step: name,
        kind: 'tool',
        request: { tool, arguments: args },
        repeatable: definition.effectOf(args).repeatable,
        facts: () => ({ tool }),
        run: async (idempotencyKey) =>
          definition.run(await placeSecrets(args, secrets, secret), {
            signal,
            idempotencyKey,
            workspaceId: drive.workspaceId,
            request: deps.request,
            runCode: deps.runCode,
            now: deps.clock.now,
          }),
      })
    },
    http: (name, { repeatable, secrets, ...request }) =>
      step<HttpAnswer & JsonObject>({
        step: name,
        kind: 'http',
        request,
        repeatable,
        run: async (idempotencyKey) => {
          const sent = (await placeSecrets(request, secrets, secret)) as typeof request
          return (await sendHttp(sent, { request: deps.request, signal, idempotencyKey })) as HttpAnswer & JsonObject
        },
      }),
    code: (name, { source, input }) =>
      step<Json>({
        step: name,
        kind: 'code',
        request: null,
        repeatable: true,
        run: async () => {
          const { workspaceId } = drive
          const { value, logs } = await deps.runCode({ source, globals: input, workspaceId, signal })
          for (const text of logs) record(drive, [{ type: 'note', path, text }], deps.clock.now())
          return value
        },
      }),
    child: (name, { workflow, version, input }) =>
      step<{ runId: string }>({
        step: name,
        kind: 'child',
        request: { workflow, version: version ?? null, input },
        repeatable: true,
        run: () =>
          deps.startChild({
            workspaceId: drive.workspaceId,
            id: childIdOf(drive.runId, path, name),
            workflow,
            ...(version === undefined ? {} : { version }),
            input,
            parent: { runId: drive.runId, path, depth: drive.depth },
            budget: budgetLeft(drive),
          }),
      }),
    childResult: (runId) => childResultOf(deps, drive, { path, runId }),
    recorded: (name) => recordedStep(drive, path, name),
    record: async (name, value) => {
      await step({ step: name, kind: 'value', request: null, repeatable: true, run: async () => value })
    },
    toolInfo: (name) => {
      const tool = deps.tools.get(name)
      return tool ? { name, description: tool.description, parameters: tool.parameters, risk: tool.risk } : null
    },
  }
}

function recordedStep(drive: Drive, path: string, name: string): Json | undefined {
  const known = drive.state.steps.get(path)?.get(name)
  return known?.status === 'completed' ? valueOf(drive, known.result) : undefined
}

async function takeStep<T extends Json>(drive: Drive, deps: RuntimeDeps, place: Place, work: Work<T>): Promise<T> {
  const { key: path, node } = place.instance
  const { step, kind } = work
  const known = recordedStep(drive, path, step)
  if (known !== undefined) return known as T
  mayGoOn(drive, place.signal)
  const startedAt = deps.clock.now()
  const replay = work.request && replayed(drive, { path, step }, work.request)
  if (replay) return complete(drive, deps, place, work, replay.result as T, startedAt)

  const begun = drive.state.steps.get(path)?.get(step)
  if (begun?.status === 'started' && node.onDoubt === 'ask') settleDoubt(drive, path, step)
  const idempotencyKey = `${drive.runId}:${path}:${step}`
  const release = work.estimate ? reserve(drive, deps, path, await work.estimate()) : () => {}
  try {
    if (!work.repeatable) {
      record(drive, [{ type: 'step.started', path, step, kind, idempotencyKey }], startedAt)
      await flush(drive, deps)
      mayGoOn(drive, place.signal)
    }
    const result = await work.run(idempotencyKey)
    if (place.signal.aborted) throw place.signal.reason
    return complete(drive, deps, place, work, result, startedAt)
  } catch (error) {
    const failure = error instanceof NodeError ? error.failure : internal
    if (!(error instanceof LostRun || error instanceof Parked)) {
      record(drive, [{ type: 'step.failed', path, step, kind, failure, startedAt }], deps.clock.now())
    }
    throw error
  } finally {
    release()
  }
}

const internal: Failure = { code: 'internal', message: 'Something went wrong inside Baton.' }

function complete<T extends Json>(
  drive: Drive,
  deps: RuntimeDeps,
  { instance }: Place,
  work: Work<T>,
  result: T,
  startedAt: number,
): T {
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
  keepFlushing(drive, deps)
  return result
}

/** Every step begins here: a run that is paused, over or somebody else's takes none. */
function mayGoOn(drive: Drive, signal: AbortSignal): void {
  if (signal.aborted) throw signal.reason
  if (drive.closed || isOver(drive.state.run)) throw new LostRun('lost')
  if (drive.state.run.status === 'paused') throw new Parked()
}

/** A person decides whether a call that was cut off is made again. */
function settleDoubt(drive: Drive, path: string, step: string): void {
  const node = drive.state.nodes.get(path)
  const cause = node?.status === 'running' ? node.resumed : undefined
  if (cause?.type !== 'decision' || cause.step !== step) throw new InDoubt(step)
  if (cause.decision === 'approved') return
  const message = `The step ${step} was cut off and was not repeated${cause.comment ? `: ${cause.comment}` : '.'}`
  throw new NodeError({ code: 'in_doubt', message })
}

function reserve(drive: Drive, deps: RuntimeDeps, path: string, wanted: Estimate): () => void {
  const { state, reserved } = drive
  const now = deps.clock.now()
  const seconds = (now - (state.startedAt ?? now)) / 1000
  const breach = checkBudget(state.budget, { usage: state.usage, reserved, seconds }, wanted)
  if (breach && state.run.status === 'running') {
    const pause: Fact =
      breach.type === 'price_unknown'
        ? { type: 'run.paused', reason: 'price_unknown', detail: 'The price of this model is unknown, and the run has a limit in money.' }
        : { type: 'run.paused', reason: 'budget', detail: `${breach.limit} of ${breach.max} would be exceeded.` }
    const hit: Fact[] = breach.type === 'hit' ? [hitFact(path, breach)] : []
    record(drive, [...hit, pause], now)
    keepFlushing(drive, deps)
  }
  if (breach) throw new Parked()
  drive.reserved = addEstimate(reserved, wanted)
  return () => {
    drive.reserved = withoutEstimate(drive.reserved, wanted)
  }
}

const hitFact = (path: string, { type: _, ...breach }: Extract<ReturnType<typeof checkBudget>, { type: 'hit' }>): Fact => ({
  type: 'budget.hit',
  path,
  ...breach,
})

function budgetLeft({ state: { budget, usage } }: Drive) {
  const left = (max: number | undefined, used: number) => (max === undefined ? undefined : Math.max(0, max - used))
  const maxTokens = left(budget.maxTokens, usage.inputTokens + usage.outputTokens)
  const maxSteps = left(budget.maxSteps, usage.steps)
  const maxCost = left(budget.maxCost, usage.cost ?? 0)
  return {
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(maxSteps === undefined ? {} : { maxSteps }),
    ...(maxCost === undefined ? {} : { maxCost }),
    ...(budget.maxSeconds === undefined ? {} : { maxSeconds: budget.maxSeconds }),
  }
}

function modelFacts({ usage, cost, model, simulated }: ModelAnswer) {
  const { inputTokens, outputTokens } = usage
  return { usage: { inputTokens, outputTokens, cost, steps: 1 }, model, simulated }
}

function deltasOf(drive: Drive, deps: RuntimeDeps, path: string, step: string) {
  let offset = 0
  let current = 0
  const { runId } = drive
  return (text: string, attempt: number) => {
    if (attempt !== current) offset = 0
    current = attempt
    deps.hub.say({ type: 'delta', runId, path, step, attempt, offset, text })
    offset += text.length
  }
}

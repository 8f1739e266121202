import { NodeError } from '@/engine/failure'
import type { Json, JsonObject } from '@/engine/json'
import type { HttpAnswer, StepTools } from '@/engine/kind/run'
import type { ModelAnswer } from '@/engine/model/types'
import type { Budget } from '@/engine/run/budget'
import { sendHttp } from '@/server/outbound/send-http'
import { childIdOf } from './child-id'
import { childResultOf } from './child-result'
import type { RuntimeDeps } from './deps'
import { type Drive, record, tellChild } from './drive'
import { keepFlushing } from './flush'
import { withoutSecrets } from './mask-secrets'
import { patiently } from './patient'
import { placeSecrets } from './place-secrets'
import { takeShare } from './share'
import { ofModel, ofOneStep, oneStep } from './spend'
import { type Place, recordedStep, takeStep, type Work } from './steps'

/** Runs that start runs that start runs: beyond this somebody has drawn a circle. */
const deepest = 10

const oneMore = { estimate: async () => oneStep, facts: () => ofOneStep }

/** What a node at work may do. */
export function createSteps(drive: Drive, deps: RuntimeDeps, place: Place): StepTools {
  const { instance, signal } = place
  const path = instance.key
  const { workspaceId } = drive
  const secret = (name: string) => deps.secret(workspaceId, name)
  const step = <T extends Json>(work: Work<T>) => takeStep(drive, deps, place, work)

  return {
    model: (name, request) =>
      step<ModelAnswer & JsonObject>({
        step: name,
        kind: 'model',
        request,
        repeatable: true,
        estimate: () => deps.models.estimate(workspaceId, request),
        facts: ofModel,
        run: (idempotencyKey) => {
          const isHeard = drive.streams || deps.hub.isWatched(drive.runId)
          const onDelta = isHeard ? { onDelta: deltasOf(drive, deps, path, name) } : {}
          const call = { workspaceId, request, signal, idempotencyKey, ...onDelta }
          return deps.models.call(call) as Promise<ModelAnswer & JsonObject>
        },
      }),
    tool: (name, { tool, arguments: args, secrets = [] }) => {
      const definition = deps.tools.get(tool)
      if (!definition) throw new NodeError({ code: 'unknown_tool', message: `There is no tool called ${tool}.` })
      const context = { signal, workspaceId, request: deps.request, runCode: deps.runCode, now: deps.clock.now }
      return step<Json>({
        step: name,
        kind: 'tool',
        request: { tool, arguments: args },
        repeatable: definition.effectOf(args).repeatable,
        estimate: oneMore.estimate,
        facts: () => ({ tool, ...ofOneStep }),
        run: async (idempotencyKey) => {
          const { placed, used } = await placeSecrets(args, secrets, secret)
          return withoutSecrets(used, () => definition.run(placed, { ...context, idempotencyKey }))
        },
      })
    },
    http: (name, { repeatable, secrets, ...request }) =>
      step<HttpAnswer & JsonObject>({
        step: name,
        kind: 'http',
        request,
        repeatable,
        ...oneMore,
        run: async (idempotencyKey) => {
          const { placed, used } = await placeSecrets(request, secrets, secret)
          const call = () => sendHttp(placed as typeof request, { request: deps.request, signal, idempotencyKey })
          return (await withoutSecrets(used, call)) as HttpAnswer & JsonObject
        },
      }),
    code: async (name, { source, input }) => {
      const isKnown = recordedStep(drive, path, name) !== undefined
      const { value, logs } = await step<{ value: Json; logs: string[] }>({
        step: name,
        kind: 'code',
        request: { source, input },
        repeatable: true,
        ...oneMore,
        run: () => deps.runCode({ source, globals: input, workspaceId, signal }),
      })
      for (const text of isKnown ? [] : logs) record(drive, [{ type: 'note', path, text }], deps.clock.now())
      return value
    },
    child: (name, request) => startChildRun(drive, deps, place, { name, ...request }),
    childResult: (runId) => patiently(deps, signal, () => childResultOf(deps, drive, { path, runId })),
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

type ChildOrder = { name: string; workflow: string; version?: number; input: Json }

function startChildRun(drive: Drive, deps: RuntimeDeps, place: Place, order: ChildOrder): Promise<{ runId: string }> {
  const { name, workflow, version, input } = order
  const path = place.instance.key
  const id = childIdOf(drive.runId, path, name)
  const depth = drive.depth + 1
  if (depth > deepest) {
    const message = `Runs start runs ${deepest} deep at most. Does the workflow ${workflow} run itself?`
    throw new NodeError({ code: 'depth_exceeded', message })
  }
  return takeStep<{ runId: string; share?: Budget }>(drive, deps, place, {
    step: name,
    kind: 'child',
    request: { workflow, version: version ?? null, input },
    repeatable: true,
    run: async () => {
      const share = takeShare(drive, path, deps.clock.now())
      const start = deps.startChild({
        workspaceId: drive.workspaceId,
        id,
        workflow,
        ...(version === undefined ? {} : { version }),
        input,
        parent: { runId: drive.runId, path, depth },
        budget: share,
      })
      const started = await start.catch((error: unknown) => {
        drive.shares.delete(path)
        throw error
      })
      // It came to life after its parent had lost interest.
      if (place.signal.aborted && drive.closed !== 'lost') {
        tellChild(drive, id, 'cancel')
        keepFlushing(drive, deps)
      }
      return Object.keys(share).length === 0 ? started : { ...started, share }
    },
  })
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

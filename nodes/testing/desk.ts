import { NodeError } from '@/engine/failure'
import type { Json } from '@/engine/json'
import type { HttpAnswer, HttpRequest, StepTools, ToolInfo, ToolUse } from '@/engine/kind/run'
import type { ModelAnswer, ModelRequest } from '@/engine/model/types'

/** The process dies here. It is no NodeError, so nothing may catch it and carry on. */
export class Crash extends Error {}

export type World = {
  model?: (request: ModelRequest, step: string) => ModelAnswer | Promise<ModelAnswer>
  tool?: (use: ToolUse, step: string) => Json | Promise<Json>
  http?: (request: HttpRequest, step: string) => HttpAnswer
  code?: (request: { source: string; input: Json }) => Json
  child?: (request: { workflow: string; version?: number; input: Json }, step: string) => string
  childResult?: StepTools['childResult']
  tools?: readonly ToolInfo[]
}

/** A record of steps in memory that outlives the node's own run, as the log does. */
export type Desk = StepTools & {
  results: Map<string, Json>
  /** Steps that were really done, in order, recorded or not. */
  done: string[]
  requests: Map<string, ModelRequest>
  /** So many more results are recorded, then everything crashes. */
  survives: (results: number) => void
}

export function openDesk(world: World): Desk {
  const results = new Map<string, Json>()
  const done: string[] = []
  const requests = new Map<string, ModelRequest>()
  let left = Number.POSITIVE_INFINITY
  const keep = (step: string, value: Json) => {
    if (left <= 0) throw new Crash()
    left -= 1
    results.set(step, structuredClone(value))
  }
  const once = async <T>(step: string, work: () => T | Promise<T>): Promise<T> => {
    const known = results.get(step)
    if (known !== undefined) return known as T
    done.push(step)
    const result = await work()
    keep(step, result as Json)
    return result
  }
  return {
    results,
    done,
    requests,
    survives: (count) => {
      left = count
    },
    model: (step, request) => {
      requests.set(step, request)
      return once(step, () => given(world.model, 'model')(request, step))
    },
    tool: (step, use) => once(step, () => given(world.tool, 'tool')(use, step)),
    http: (step, request) => once(step, () => given(world.http, 'http')(request, step)),
    code: (step, request) => once(step, () => given(world.code, 'code')(request)),
    child: (step, request) => once(step, () => ({ runId: given(world.child, 'child')(request, step) })),
    childResult: (runId) => given(world.childResult, 'childResult')(runId),
    recorded: (step) => results.get(step),
    record: async (step, value) => {
      if (results.has(step)) throw new Error(`${step} is recorded already`)
      keep(step, value)
    },
    toolInfo: (name) => world.tools?.find((tool) => tool.name === name) ?? null,
  }
}

function given<T>(part: T | undefined, name: string): T {
  if (part === undefined) throw new NodeError({ code: 'internal', message: `This test has no ${name}.` })
  return part
}

import type { Scope } from '../expressions/scope'
import type { Failure } from '../failure'
import type { Role } from '../graph/schema'
import type { Json, JsonObject } from '../json'
import type { ModelAnswer, ModelRequest } from '../model/types'
import type { PathKey } from '../path'
import type { Opening, ResumeCause } from '../run/events'
import type { Usage } from '../usage'
import type { KindSpec } from './spec'

/** What every kind's run can ask for. Rendering is done by the engine's wrappers from the compiled plan. */
export type BaseContext<C> = {
  config: C
  node: { id: string; name: string; kind: string }
  path: PathKey
  runId: string
  attempt: number
  signal: AbortSignal
  scope: Scope
  /** What arrived: the output of the only live source, or an object by source id. */
  input: () => Json
  /** The live sources with what each sent, in the order drawn. */
  arrived: () => readonly { source: string; value: Json; endedAt: number }[]
  text: (field: string) => string
  structure: (field: string) => Json
  /** Where the config names secrets in a structure. Only these places are secrets; data that looks like one is data. */
  secrets: (field: string) => readonly SecretPlace[]
  value: (field: string) => Json
  /** A condition; anything but true or false fails the node with `not_boolean`. */
  test: (field: string) => boolean
  steps: StepTools
  /** Something for the person reading the run. */
  say: (text: string) => void
}

export type NodeContext<C> = BaseContext<C> & {
  role: Role | null
  /** Why the node goes on after it waited, or null at the start of an attempt. A takeover hides neither a decision nor a timer. */
  resumed: ResumeCause | null
  /** The task of a team member's turn; null outside teams. */
  turn: Turn | null
}

export type Turn = {
  member: string
  turn: number
  task: string
  from: string
  round: number
  transcript: readonly Said[]
  /** Set for the turn of a lead: what it may answer with. */
  decision?: JsonObject
}
export type Said = { path: PathKey; from: string; to?: string; round: number; text: string }

/**
 * Durable sub-steps. A step whose result is recorded answers from the log without doing anything; so the same name must
 * always mean the same work. Throws NodeError on failure, and Parked when the run may not go on (paused, over budget).
 */
export type StepTools = {
  model: (step: string, request: ModelRequest) => Promise<ModelAnswer>
  /** Runs a tool of the registry. `approved` says that a person allowed this very call. */
  tool: (step: string, call: ToolUse) => Promise<Json>
  http: (step: string, request: HttpRequest) => Promise<HttpAnswer>
  code: (step: string, request: { source: string; input: JsonObject }) => Promise<Json>
  /** Starts a child run once; its id derives from the step. */
  child: (step: string, request: { workflow: string; version?: number; input: Json }) => Promise<{ runId: string }>
  childResult: (
    runId: string,
  ) => Promise<
    { status: 'completed'; output: Json; usage: Usage } | { status: 'failed' | 'cancelled'; failure: Failure }
  >
  /** Results of a step recorded earlier, without doing it. */
  recorded: (step: string) => Json | undefined
  /** Makes a value a fact, so that it is the same when the node is entered again (a step of kind `value`). */
  record: (step: string, value: Json) => Promise<void>
  toolInfo: (name: string) => ToolInfo | null
}

export type ToolInfo = {
  name: string
  description: string
  parameters: JsonObject
  risk: 'read' | 'write' | 'danger'
}

/** A place that is replaced by the value of a secret, just before it is sent and nowhere else. */
export type SecretPlace = { name: string; path: readonly (string | number)[] }

export type ToolUse = {
  tool: string
  arguments: Json
  approved?: boolean
  /** Paths in `arguments`. */
  secrets?: readonly SecretPlace[]
}

export type HttpRequest = {
  method: string
  url: string
  headers: JsonObject
  body?: Json
  repeatable: boolean
  /** Paths in the request: `['headers', 'authorization']`, `['body', 'key']`. */
  secrets: readonly SecretPlace[]
}
export type HttpAnswer = { status: number; headers: JsonObject; body: Json }

export type WaitRequest =
  | {
      reason: 'approval'
      title: string
      message: string
      fields: Json
      timeoutSeconds?: number
      onTimeout: 'approve' | 'reject' | 'fail'
    }
  | { reason: 'tool_approval'; step: string; tool: string; arguments: Json }
  | { reason: 'timer'; seconds: number }
  | { reason: 'timer'; until: number }
  | { reason: 'child'; runId: string }

export type Outcome =
  /** `detail` is what references by id see, where that differs from what flows on. */
  | { output: Json; ports?: readonly string[]; detail?: Json }
  /** What arrived flows on unchanged. */
  | { pass: true; ports: readonly string[]; detail?: Json }
  | { wait: WaitRequest }

export type NodeRun<C = unknown> = (context: NodeContext<C>) => Outcome | Promise<Outcome>

export type ScopeResult = { status: 'completed'; value: Json } | { status: 'failed'; failure: Failure; path: PathKey }

export type BoxContext<C> = BaseContext<C> & {
  /** What was opened so far, with the value that was recorded with each opening. */
  opened: readonly { opening: Opening; value: Json }[]
  /** Result of item / iteration `index`; null when it left no value. */
  scopeResult: (index: number) => ScopeResult
  turnResult: (member: string, turn: number) => ScopeResult
  /** A condition or value that may look at the children of the iteration `index` (the box's `until`). */
  testInside: (field: string, index: number) => boolean
  members: readonly { id: string; name: string; kind: string; config: unknown }[]
}

/** Asked for at the start and whenever everything opened so far has settled. */
export type BoxMove = { open: Opening; value: Json } | Outcome
export type BoxRun<C = unknown> = (context: BoxContext<C>) => BoxMove | Promise<BoxMove>

export type KindRun = { type: 'node'; run: NodeRun<never> } | { type: 'box'; advance: BoxRun<never> }
export type KindRuns = { readonly [kind: string]: KindRun }

export const defineRun = <C>(_spec: KindSpec<C>, run: NodeRun<C>): KindRun => ({ type: 'node', run })
export const defineBox = <C>(_spec: KindSpec<C>, advance: BoxRun<C>): KindRun => ({ type: 'box', advance })

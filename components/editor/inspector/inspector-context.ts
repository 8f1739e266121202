import type { GraphNode, Role } from '@/engine/graph/schema'
import type { Json, JsonObject } from '@/engine/json'
import type { Pins } from '@/engine/plan/pins'
import type { ToolRisk } from '@/engine/tools/tool-spec'
import type { DraftShelf } from './drafts'

export type ToolChoice = {
  name: string
  title: string
  description: string
  risk: ToolRisk
  /** JSON Schema of its arguments. */
  parameters: JsonObject
}

/** US dollars per million tokens. */
export type PriceHint = { input: number; output: number }

export type ModelChoice = {
  /** As it is written in a graph: `smart`, `openai/gpt-5`. */
  name: string
  type: 'alias' | 'model'
  /** What an alias stands for, or the connection of a model. */
  about: string
  /** Null: nobody has said. */
  price: PriceHint | null
  simulated: boolean
}

export type WorkflowChoice = { slug: string; name: string; version: number | null }

/** The last run, as far as this node can learn from it. */
export type LastRun = {
  runId: string
  /** What the nodes gave, by path (`write`, `each[0]/draft`). */
  values: { readonly [path: string]: Json }
  /** What happened to this very node; null when the run didn't come to it. */
  node: {
    path: string
    status: 'completed' | 'failed' | 'running' | 'waiting' | 'skipped' | 'cancelled'
    input?: Json
    output?: Json
    failure?: { code: string; message: string }
    endedAt: number | null
    simulated: boolean
  } | null
}

/** How the node fared in one of its runs. */
export type NodeRun = {
  runId: string
  path: string
  status: NonNullable<LastRun['node']>['status']
  startedAt: number
  durationMs: number | null
  message?: string
}

/** An output that runs of the draft take instead of running the node. */
export type Pin = { type: 'unavailable' } | { type: 'none' } | { type: 'pinned'; value: Json }

/** What surrounds the node: data, nothing that acts. */
export type InspectorContext = {
  lastRun: LastRun | null
  pin: Pin
  /** Of all nodes: what those that refer to them see. */
  pins: Pins
  tools: readonly ToolChoice[]
  models: readonly ModelChoice[]
  roles: { readonly [name: string]: Role }
  workflows: readonly WorkflowChoice[]
  secrets: readonly string[]
  /** One per opened workflow: what has been typed and can't be part of the graph yet. */
  drafts: DraftShelf
  /** A version, a foreign workflow: one can look, and not change. */
  readOnly: boolean
}

export type InspectorAction =
  | { type: 'pin'; value: Json }
  | { type: 'edit_pin'; value: Json }
  | { type: 'unpin' }
  | { type: 'open_run'; runId: string; path: string }
  | { type: 'duplicate' }
  | { type: 'remove' }
  | { type: 'close' }

/** The options of a node beside its config, as the edit `set` takes them: null takes one away. */
export type NodeOption = 'name' | 'retry' | 'timeoutSeconds' | 'onError' | 'onDoubt'
export type OnSet = <O extends NodeOption>(option: O, value: NonNullable<GraphNode[O]> | null) => void

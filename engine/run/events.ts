import type { Failure } from '../failure'
import type { Json, JsonObject } from '../json'
import type { PathKey } from '../path'
import type { Ref } from '../payload'
import type { Usage } from '../usage'
import type { Budget, BudgetLimit } from './budget'

/** Who did something: a person, an API key, a deadline, another run, or Baton itself. */
export type By = { type: 'person' | 'key' | 'deadline' | 'run' | 'system'; id?: string; name?: string }

export type PauseReason = 'person' | 'budget' | 'price_unknown' | 'engine'

/** What a node waits for when nothing of it runs. */
export type Waiting =
  | {
      reason: 'approval'
      title: string
      message: Ref
      fields: Json
      deadline?: number
      onTimeout: 'approve' | 'reject' | 'fail'
    }
  | { reason: 'tool_approval'; step: string; tool: string; arguments: Ref }
  | { reason: 'doubt'; step: string }
  | { reason: 'timer'; until: number }
  | { reason: 'child'; runId: string }

export type Decision = { decision: 'approved' | 'rejected'; comment?: string; by: By; fields?: JsonObject }

export type StepKind = 'model' | 'tool' | 'http' | 'code' | 'open' | 'child' | 'value'

/** What a box opens next. A map opens its items once, a loop one iteration at a time, a team the turns of a round. */
export type Opening =
  | { type: 'items'; count: number; concurrency: number }
  | { type: 'iteration'; index: number }
  | { type: 'turns'; turns: readonly { member: string; turn: number }[] }

export type RunFact =
  | {
      type: 'run.created'
      v: 1
      input: Ref
      trigger: 'manual' | 'api' | 'cli' | 'schedule' | 'run'
      budget?: Budget
      parent?: { runId: string; path: PathKey; depth: number }
      /** Outputs by node that are taken instead of running it: runs of a draft only. */
      pins?: Ref
      forkedFrom?: { runId: string; afterSeq?: number; fromNode?: string }
    }
  | { type: 'run.started' }
  | { type: 'run.paused'; reason: PauseReason; by?: By; detail?: string }
  | { type: 'run.resumed'; by?: By; budget?: Budget; restart?: readonly PathKey[] }
  | { type: 'run.completed'; output: Ref }
  | { type: 'run.failed'; failure: Failure; path?: PathKey }
  | { type: 'run.cancelled'; by?: By; reason?: string }

export type NodeFact =
  /** Nodes that only compute (`spec.inline`) have no `node.started`: their completion says both. */
  | {
      type: 'node.started'
      path: PathKey
      attempt: number
      /** A box that is tried again tries what failed inside it again. */
      restart?: readonly PathKey[]
    }
  | { type: 'node.retrying'; path: PathKey; attempt: number; failure: Failure; retryAt: number }
  | { type: 'node.waiting'; path: PathKey; attempt: number; wait: number; waiting: Waiting }
  | { type: 'node.resumed'; path: PathKey; cause: ResumeCause }
  | {
      type: 'node.completed'
      path: PathKey
      attempt: number
      output: Ref
      ports: readonly string[]
      detail?: Ref
      /** The output was pinned in the draft; the node did not run. */
      pinned?: true
    }
  | { type: 'node.failed'; path: PathKey; attempt: number; failure: Failure; handled?: { port: string; output: Ref } }
  | { type: 'node.skipped'; path: PathKey }
  | { type: 'node.cancelled'; path: PathKey }

export type ResumeCause =
  /** `step` is the tool call that was asked about; other decisions have none. */
  | ({ type: 'decision'; step?: string } & Decision)
  | { type: 'timer' }
  | { type: 'child'; status: 'completed' | 'failed' | 'cancelled' }
  /** The process that ran the node is gone; `died` when it did not hand over. Counts towards quarantine. */
  | { type: 'takeover'; died: boolean }

export type StepFact =
  | { type: 'step.started'; path: PathKey; step: string; kind: StepKind; idempotencyKey: string }
  | {
      type: 'step.completed'
      path: PathKey
      step: string
      kind: StepKind
      result: Ref
      startedAt: number
      usage?: Usage
      model?: string
      tool?: string
      simulated?: boolean
      requestHash?: string
      /** A short hash of each top-level field of the request: says which one differs in a replay. */
      fields?: { readonly [field: string]: string }
      request?: Ref
      opening?: Opening
    }
  | { type: 'step.failed'; path: PathKey; step: string; kind: StepKind; failure: Failure; startedAt: number }

export type OtherFact =
  | { type: 'budget.hit'; limit: BudgetLimit; path: PathKey; used: number; wanted: number; max: number }
  | { type: 'note'; path?: PathKey; text: string }

/** What is to be written to the log. */
export type Fact = RunFact | NodeFact | StepFact | OtherFact

/** A fact as the log holds it. Only the log numbers and dates. `inherited` marks what a fork took over. */
export type RunEvent = Fact & { seq: number; at: number; inherited?: true }

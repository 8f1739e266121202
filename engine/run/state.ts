import type { Failure } from '../failure'
import type { PathKey } from '../path'
import type { Ref } from '../payload'
import type { Usage } from '../usage'
import type { Budget } from './budget'
import type { By, Decision, Opening, PauseReason, ResumeCause, StepKind, Waiting } from './events'

type Trying = {
  attempt: number
  /** The attempt that automatic retries are counted from: a person who retries a run allows them anew. */
  first: number
  startedAt: number
}

/** A field exists only in the states in which it is true. Idle nodes have no state at all. */
export type NodeState =
  | (Trying & { status: 'running'; resumed?: ResumeCause; deaths: number })
  | (Trying & { status: 'retrying'; failure: Failure; retryAt: number })
  | (Trying & {
      status: 'waiting'
      waiting: Waiting
      /** The how-manieth wait of this node; with the path it names one place of waiting. */
      wait: number
      since: number
      /** The event that says so: what is asked stands there. */
      seq: number
    })
  | {
      status: 'completed'
      attempt: number
      startedAt: number
      endedAt: number
      output: Ref
      ports: readonly string[]
      detail?: Ref
      decision?: Decision
      pinned?: true
    }
  | {
      status: 'failed'
      attempt: number
      startedAt: number
      endedAt: number
      failure: Failure
      handled?: { port: string; output: Ref }
    }
  | { status: 'skipped' }
  | { status: 'cancelled'; endedAt: number }

export type StepState =
  | { status: 'started'; kind: StepKind; startedAt: number }
  | {
      status: 'completed'
      kind: StepKind
      startedAt: number
      endedAt: number
      result: Ref
      usage?: Usage
      model?: string
      tool?: string
      simulated?: boolean
    }
  | { status: 'failed'; kind: StepKind; startedAt: number; endedAt: number; failure: Failure }

export type RunStatus =
  | { status: 'queued' }
  | { status: 'running' }
  | { status: 'paused'; reason: PauseReason; detail?: string; by?: By }
  | { status: 'completed'; output: Ref; finishedAt: number }
  | { status: 'failed'; failure: Failure; path?: PathKey; finishedAt: number }
  | { status: 'cancelled'; by?: By; reason?: string; finishedAt: number }

export type RunState = {
  seq: number
  run: RunStatus
  input: Ref | null
  budget: Budget
  createdAt: number
  startedAt: number | null
  usage: Usage
  simulated: boolean
  nodes: Map<PathKey, NodeState>
  /** Recorded steps of each node, in the order in which they were first heard of. */
  steps: Map<PathKey, Map<string, StepState>>
  /** What each box has opened so far. */
  openings: Map<PathKey, readonly Opening[]>
  /** How often a node has waited, kept when it starts anew: a place of waiting is never used twice. */
  waits: Map<PathKey, number>
  parent?: { runId: string; path: PathKey; depth: number }
  /** The run that this one took its beginning over from. */
  forkedFrom?: string
  /** Outputs that are taken instead of running the node, by node. */
  pins?: Ref
}

export type NodeStatus = NodeState['status']

export const isSettled = (node: NodeState | undefined): boolean =>
  node !== undefined &&
  (node.status === 'completed' || node.status === 'failed' || node.status === 'skipped' || node.status === 'cancelled')

export const isOver = (run: RunStatus): boolean =>
  run.status === 'completed' || run.status === 'failed' || run.status === 'cancelled'

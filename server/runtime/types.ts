import type { Failure } from '@/engine/failure'
import type { Json, JsonObject } from '@/engine/json'
import type { PathKey } from '@/engine/path'
import type { Pins } from '@/engine/plan/pins'
import type { Plan } from '@/engine/plan/plan'
import type { Budget } from '@/engine/run/budget'
import type { By, Fact, RunEvent } from '@/engine/run/events'
import type { RunState } from '@/engine/run/state'

export type Trigger = 'manual' | 'api' | 'cli' | 'schedule' | 'run'

export type CassetteSetting = { mode: 'record' } | { mode: 'replay'; runId?: string; file?: Json }

export type StartRequest = {
  workspaceId: string
  workflowId: string | null
  version: number | null
  graphHash: string
  plan: Plan
  /** Checked against the graph's input fields already. */
  input: Json
  trigger: Trigger
  createdBy: string | null
  idempotency?: { key: string; bodyHash: string }
  budget?: Budget
  cassette?: CassetteSetting
  parent?: { runId: string; path: PathKey; depth: number; id: string }
  /** A fork: what the new log begins with after `run.created`, and what the patch put in place of outputs. */
  fork?: { runId: string; afterSeq?: number; fromNode?: string; inherited: readonly Fact[] }
  /** Outputs by node that are taken instead of running it: those of the draft. */
  pins?: Pins
  /** The answer waits for the end, so nothing forces a commit before the first effect. */
  attended: boolean
}

export type StartAnswer =
  /** `settled` gives the state at that moment, which is on disk; null when another process has the run. */
  | { type: 'started'; runId: string; settled: Promise<RunState | null> }
  /** The same idempotency key came before: with the same body it is the same run, else a conflict. */
  | { type: 'repeated'; runId: string }
  | { type: 'conflict'; runId: string }
  | { type: 'busy'; retryAfterSeconds: number }

/** What comes from outside a run's driver. Committed before `send` resolves. */
export type Command =
  | { type: 'cancel'; by: By; reason?: string }
  | { type: 'pause'; by: By }
  | { type: 'resume'; by: By; budget?: Budget }
  | { type: 'retry'; by: By }
  | { type: 'decide'; path: PathKey; decision: 'approved' | 'rejected'; comment?: string; fields?: JsonObject; by: By }

export type SendAnswer =
  | { type: 'accepted' }
  | { type: 'not_found' }
  /** Somebody else, a deadline or a cancel came first. */
  | { type: 'already_decided'; decision: string; by: By; at: number }
  | { type: 'not_waiting' }
  /** The run is in a state in which this can't be done (resume of a completed run, …). */
  | { type: 'wrong_state'; status: string }

/** What somebody watching hears. Events are committed when they arrive; deltas are volatile. */
export type LiveMessage =
  | { type: 'events'; runId: string; events: readonly RunEvent[] }
  | { type: 'delta'; runId: string; path: PathKey; step: string; attempt: number; offset: number; text: string }

export type Runtime = {
  start: (request: StartRequest) => Promise<StartAnswer>
  send: (workspaceId: string, runId: string, command: Command) => Promise<SendAnswer>
  /** Hears everything about a run that this process learns of, in the order of seq. Returns the way out. */
  watch: (runId: string, hear: (message: LiveMessage) => void) => () => void
  /** Resolves when the run is over, paused, or waits for a person; or when the signal fires. */
  untilSettled: (runId: string, signal: AbortSignal) => Promise<void>
  /** Folded from what is committed. */
  read: (runId: string) => Promise<RunState | null>
  ready: () => Promise<{ database: boolean; queue: boolean }>
  stop: () => Promise<void>
}

export type RunFailure = { failure: Failure; path?: PathKey }

import type { Pool } from 'pg'
import type { Json } from '@/engine/json'
import type { KindRuns } from '@/engine/kind/run'
import type { ModelAnswer, ModelRequest } from '@/engine/model/types'
import type { Plan } from '@/engine/plan/plan'
import type { Budget, Estimate } from '@/engine/run/budget'
import type { SendRequest } from '@/server/outbound/request'
import type { RunCode } from '@/server/sandbox/sandbox'
import type { ToolRegistry } from '@/server/tools/registry'
import type { Clock } from './clock'
import type { EventLog } from './event-log'
import type { Hub } from './hub'

export type ModelCall = {
  workspaceId: string
  request: ModelRequest
  signal: AbortSignal
  idempotencyKey: string
  /** Streams when given. */
  onDelta?: (text: string, attempt: number) => void
}

/** What a run needs of the world. Listed in one place, made once at boot. */
export type RuntimeDeps = {
  pool: Pool
  /** Relaxed connections for the queue, whose jobs are only pointers at rows that are swept for anyway. */
  jobs: Pool
  log: EventLog
  hub: Hub
  clock: Clock
  processId: string
  runs: KindRuns
  models: {
    call: (call: ModelCall) => Promise<ModelAnswer>
    estimate: (workspaceId: string, request: ModelRequest) => Promise<Estimate>
  }
  tools: ToolRegistry
  request: SendRequest
  runCode: RunCode
  secret: (workspaceId: string, name: string) => Promise<string>
  /** The plan of a graph of this workspace, compiled once a process. */
  planOf: (workspaceId: string, graphHash: string) => Promise<Plan>
  startChild: (child: ChildRequest) => Promise<{ runId: string }>
  random: () => number
  report: (error: unknown, about: { [key: string]: string }) => void
}

export type ChildRequest = {
  workspaceId: string
  /** Derives from the step, so that asking twice starts one run. */
  id: string
  workflow: string
  version?: number
  input: Json
  parent: { runId: string; path: string; depth: number }
  budget?: Budget
}

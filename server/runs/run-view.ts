import { z } from 'zod'
import type { Failure } from '@/engine/failure'
import type { Json } from '@/engine/json'
import { parsePath } from '@/engine/path'
import { isInline, previewOf, type Ref } from '@/engine/payload'
import type { NodeState, RunState } from '@/engine/run/state'
import { statusOf, type WaitingFor, waitingFor } from '@/engine/run/summary'
import { readPayload } from '@/server/runs/read-payload'
import type { Deps } from '@/server/use-case'
import type { Compiled } from '@/server/workflows/compiled'

export const runStatuses = ['queued', 'running', 'waiting', 'paused', 'completed', 'failed', 'cancelled'] as const

const json = z.unknown() as z.ZodType<Json>
const time = z.string().nullable()
export const FailureView = z.object({ code: z.string(), message: z.string(), path: z.string().optional() })
export const UsageView = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  cost: z.number().nullable().describe('US dollars; null when a price is unknown.'),
  steps: z.number(),
})
const WaitingView = z.object({
  path: z.string(),
  reason: z.enum(['approval', 'tool_approval', 'doubt', 'timer', 'child', 'backoff']),
  until: z.string().optional(),
  title: z.string().optional(),
  message: z.string().optional(),
  fields: json.optional(),
  tool: z.string().optional(),
  arguments: z.string().optional().describe('The beginning of their JSON.'),
  runId: z.string().optional(),
})
const NodeView = z.object({
  path: z.string(),
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  status: z.enum(['running', 'retrying', 'waiting', 'completed', 'failed', 'skipped', 'cancelled']),
  attempt: z.int(),
  startedAt: time,
  finishedAt: time,
  error: FailureView.optional(),
  outputPreview: z.string().optional(),
  pinned: z.literal(true).optional().describe('The output was pinned in the draft; the node did not run.'),
})

export const RunView = z.object({
  id: z.string(),
  workflowId: z.string().nullable(),
  version: z.int().nullable().describe('Null for a draft.'),
  forkedFrom: z.string().nullable().describe('The run that this one took its beginning over from.'),
  status: z.enum(runStatuses),
  input: json,
  output: json.describe('Null before the end.'),
  error: FailureView.nullable(),
  paused: z.object({ reason: z.string(), detail: z.string().nullable() }).nullable(),
  usage: UsageView,
  simulated: z.boolean().describe('The built-in model answered at least once.'),
  waitingFor: z.array(WaitingView),
  createdAt: z.string(),
  startedAt: time,
  finishedAt: time,
  nodes: z.array(NodeView).describe('What has begun, in that order.'),
})
export type RunView = z.infer<typeof RunView>
type NodeView = z.infer<typeof NodeView>

export type RunPlace = { workspaceId: string; id: string; workflowId: string | null; version: number | null }

/** A whole run as it is answered. */
export async function viewRun(
  deps: Pick<Deps, 'db'>,
  place: RunPlace,
  { state, compiled }: { state: RunState; compiled: Compiled | null },
): Promise<RunView> {
  const { run } = state
  const whole = (ref: Ref | null) =>
    ref === null ? null : isInline(ref) ? ref.inline : readPayload(deps, place.workspaceId, ref.hash)
  return {
    id: place.id,
    workflowId: place.workflowId,
    version: place.version,
    forkedFrom: state.forkedFrom ?? null,
    status: statusOf(state),
    input: await whole(state.input),
    output: run.status === 'completed' ? await whole(run.output) : null,
    error: run.status === 'failed' ? viewFailure(run.failure, run.path) : null,
    paused: run.status === 'paused' ? { reason: run.reason, detail: run.detail ?? null } : null,
    usage: state.usage,
    simulated: state.simulated,
    waitingFor: waitingFor(state).map((entry) => viewWaiting(entry, state.nodes.get(entry.path))),
    createdAt: isoTime(state.createdAt),
    startedAt: state.startedAt === null ? null : isoTime(state.startedAt),
    finishedAt: 'finishedAt' in run ? isoTime(run.finishedAt) : null,
    nodes: [...state.nodes].map(([path, node]) => viewNode(path, node, compiled)),
  }
}

export const isoTime = (ms: number): string => new Date(ms).toISOString()

const viewFailure = ({ code, message }: Failure, path?: string) => ({
  code,
  message,
  ...(path === undefined ? {} : { path }),
})

function viewNode(path: string, node: NodeState, compiled: Compiled | null): NodeView {
  const id = nodeIdOf(path)
  const title = compiled?.titles.get(id) ?? { kind: '', name: id }
  return {
    path,
    id,
    kind: title.kind,
    name: title.name,
    status: node.status,
    attempt: 'attempt' in node ? node.attempt : 0,
    startedAt: 'startedAt' in node ? isoTime(node.startedAt) : null,
    finishedAt: 'endedAt' in node ? isoTime(node.endedAt) : null,
    ...('failure' in node ? { error: viewFailure(node.failure) } : {}),
    ...(node.status === 'completed' ? { outputPreview: previewOf(node.output) } : {}),
    ...(node.status === 'completed' && node.pinned ? { pinned: true as const } : {}),
  }
}

/** Most nodes stand at the top, where the path is the id. */
function nodeIdOf(path: string): string {
  if (!/[/#[]/.test(path)) return path
  return parsePath(path)?.at(-1)?.node ?? path
}

function viewWaiting({ path, reason, until }: WaitingFor, node: NodeState | undefined): RunView['waitingFor'][number] {
  const entry = { path, reason, ...(until === undefined ? {} : { until: isoTime(until) }) }
  if (node?.status !== 'waiting') return entry
  const { waiting } = node
  if (waiting.reason === 'approval') {
    const { title, message, fields } = waiting
    return { ...entry, title, message: wholeText(message), fields }
  }
  if (waiting.reason === 'tool_approval')
    return { ...entry, tool: waiting.tool, arguments: previewOf(waiting.arguments) }
  return waiting.reason === 'child' ? { ...entry, runId: waiting.runId } : entry
}

const wholeText = (ref: Ref): string => (isInline(ref) && typeof ref.inline === 'string' ? ref.inline : previewOf(ref))

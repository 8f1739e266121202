import { z } from 'zod'
import type { Graph } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'
import { parsePath } from '@/engine/path'
import { previewOf, type Ref } from '@/engine/payload'
import type { RunEvent } from '@/engine/run/events'
import { isQuestion, type Question, questionOf } from '@/engine/run/question'
import { personReasons } from '@/engine/run/summary'
import type { PlaceRow } from '@/server/db/sql/waiting-places'
import { isoTime } from '@/server/runs/run-view'
import type { Deps } from '@/server/use-case'

const ValueRef = z.object({ hash: z.string(), size: z.int(), preview: z.string() })

export const ApprovalView = z.object({
  runId: z.string(),
  path: z.string().describe('Where the run waits.'),
  wait: z.int().describe('The how-manieth wait of this place.'),
  reason: z.enum(personReasons),
  title: z.string().describe('The question, in one sentence.'),
  value: ValueRef.nullable().describe('What it is about: the message, or the arguments of the tool.'),
  fields: z.unknown().describe('What may be filled in with the decision.') as z.ZodType<Json>,
  tool: z.string().nullable(),
  since: z.string(),
  deadline: z.string().nullable(),
  onTimeout: z.enum(['approve', 'reject', 'fail']).nullable(),
  nodeId: z.string(),
  nodeName: z.string(),
  workflowId: z.string().nullable(),
  workflowName: z.string().nullable(),
  version: z.int().nullable(),
  runPaused: z.boolean().describe('A decision takes effect when the run is resumed.'),
})
export type ApprovalView = z.infer<typeof ApprovalView>

/** With the names that people know things by. A place whose event is not as expected is left out rather than guessed. */
export async function viewApprovals(
  { db }: Pick<Deps, 'db'>,
  workspaceId: string,
  rows: readonly PlaceRow[],
): Promise<ApprovalView[]> {
  const [workflows, graphs] = await Promise.all([
    db.workflow.findMany({
      where: { workspaceId, id: { in: [...new Set(rows.flatMap((row) => row.workflowId ?? []))] } },
      select: { id: true, name: true },
    }),
    db.graph.findMany({
      where: { workspaceId, hash: { in: [...new Set(rows.map((row) => row.graphHash))] } },
      select: { hash: true, body: true },
    }),
  ])
  const names = new Map(workflows.map(({ id, name }) => [id, name]))
  const bodies = new Map(graphs.map(({ hash, body }) => [hash, body as unknown as Graph]))
  return rows.flatMap((row) => {
    const question = readQuestion(row.event)
    if (!question) return []
    const nodeId = parsePath(row.path)?.at(-1)?.node ?? row.path
    const node = bodies.get(row.graphHash)?.nodes.find(({ id }) => id === nodeId)
    return {
      runId: row.runId,
      path: row.path,
      wait: row.wait,
      ...viewQuestion(question),
      since: isoTime(row.since),
      nodeId,
      nodeName: node?.name ?? nodeId,
      workflowId: row.workflowId,
      workflowName: names.get(row.workflowId ?? '') ?? bodies.get(row.graphHash)?.name ?? null,
      version: row.version,
      runPaused: row.status === 'paused',
    }
  })
}

function readQuestion(text: string | null): Question | null {
  const event = text === null ? null : (JSON.parse(text) as RunEvent)
  return event?.type === 'node.waiting' && isQuestion(event.waiting) ? event.waiting : null
}

function viewQuestion(question: Question) {
  const { reason } = question
  const view = {
    reason,
    title: questionOf(question),
    value: null,
    fields: [],
    tool: null,
    deadline: null,
    onTimeout: null,
  }
  switch (reason) {
    case 'approval': {
      const { message, fields, deadline, onTimeout } = question
      return {
        ...view,
        value: bare(message),
        fields,
        onTimeout,
        deadline: deadline === undefined ? null : isoTime(deadline),
      }
    }
    case 'tool_approval':
      return { ...view, value: bare(question.arguments), tool: question.tool }
    case 'doubt':
      return view
  }
}

const bare = (ref: Ref) => ({ hash: ref.hash, size: ref.size, preview: previewOf(ref) })

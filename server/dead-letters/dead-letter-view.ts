import { z } from 'zod'
import { failureCodes } from '@/engine/failure'
import type { Graph } from '@/engine/graph/schema'
import type { CauseRow } from '@/server/db/sql/causes'
import { type Cause, describeCause } from '@/server/runtime/cause'
import type { Deps } from '@/server/use-case'

export const DeadLetterView = z.object({
  cause: z.string().describe('Id of the cause: the same for all runs that it stopped.'),
  code: z.enum([...failureCodes, 'stuck']).describe('`stuck`: no process could go on with the run.'),
  node: z.string().nullable().describe('Id of the node that failed.'),
  nodeName: z.string().nullable().describe('Its name, in the newest run.'),
  message: z.string().describe('Without what differs from run to run.'),
  count: z.int(),
  remedy: z.enum(['retry', 'resume']).describe('What the bulk retry does with these runs.'),
  firstAt: z.string(),
  lastAt: z.string(),
  example: z.object({ runId: z.string(), message: z.string() }).describe('The newest one, in its own words.'),
  workflows: z.array(z.object({ id: z.string(), name: z.string(), count: z.int() })).describe('At most 20.'),
})
export type DeadLetterView = z.infer<typeof DeadLetterView>

const Stored = z.object({
  error: z
    .object({
      code: z.enum(failureCodes),
      message: z.string(),
      path: z.string().nullish(),
      httpStatus: z.number().nullish(),
    })
    .optional(),
  paused: z.object({ detail: z.string().nullish() }).optional(),
})

type Told = { cause: Cause; message: string }

function tell({ status, summary }: CauseRow): Told {
  const { error, paused } = Stored.safeParse(summary).data ?? {}
  if (status === 'failed' && error) {
    const { code, message, path = null, httpStatus = null } = error
    return { cause: describeCause({ code, message, path, httpStatus }), message }
  }
  const message = paused?.detail ?? ''
  return { cause: describeCause({ code: 'stuck', message }), message }
}

export async function viewDeadLetters(
  { db }: Pick<Deps, 'db'>,
  workspaceId: string,
  rows: readonly CauseRow[],
): Promise<DeadLetterView[]> {
  const ids = rows.flatMap(({ workflows }) => workflows.map(({ id }) => id))
  const workflows = await db.workflow.findMany({
    where: { workspaceId, id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  })
  const nodeNames = await nodeNamesOf(db, workspaceId, rows)
  const names = new Map(workflows.map(({ id, name }) => [id, name]))
  return rows.map((row) => {
    const { cause, message } = tell(row)
    return {
      cause: row.cause,
      code: cause.code,
      node: cause.node,
      nodeName: cause.node === null ? null : (nodeNames(row.runId, cause.node) ?? cause.node),
      message: cause.message,
      count: row.count,
      remedy: row.status === 'paused' ? 'resume' : 'retry',
      firstAt: row.first.toISOString(),
      lastAt: row.last.toISOString(),
      example: { runId: row.runId, message },
      workflows: row.workflows.map(({ id, count }) => ({ id, name: names.get(id) ?? id, count })),
    }
  })
}

/** What the nodes of these runs are called. */
async function nodeNamesOf(db: Deps['db'], workspaceId: string, rows: readonly CauseRow[]) {
  const runs = await db.run.findMany({
    where: { workspaceId, id: { in: rows.map(({ runId }) => runId) } },
    select: { id: true, graphHash: true },
  })
  const graphs = await db.graph.findMany({
    where: { workspaceId, hash: { in: [...new Set(runs.map(({ graphHash }) => graphHash))] } },
    select: { hash: true, body: true },
  })
  const bodies = new Map(graphs.map(({ hash, body }) => [hash, body as unknown as Graph]))
  const byRun = new Map(runs.map(({ id, graphHash }) => [id, bodies.get(graphHash)]))
  return (runId: string, node: string) => byRun.get(runId)?.nodes.find(({ id }) => id === node)?.name
}

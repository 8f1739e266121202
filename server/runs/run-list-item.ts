import { z } from 'zod'
import type { Usage } from '@/engine/usage'
import { FailureView, runStatuses, UsageView } from '@/server/runs/run-view'

export const RunListItem = z.object({
  id: z.string(),
  workflowId: z.string().nullable(),
  workflowName: z.string().nullable().describe('Without a workflow: the name in its graph.'),
  version: z.int().nullable(),
  status: z.enum(runStatuses),
  trigger: z.string(),
  parentRunId: z.string().nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  usage: UsageView.nullable().describe('Null while it runs.'),
  error: FailureView.nullable(),
})
export type RunListItem = z.infer<typeof RunListItem>

export const runListFields = {
  id: true,
  workflowId: true,
  graphHash: true,
  version: true,
  status: true,
  trigger: true,
  parentRunId: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
  summary: true,
} as const

export type RunListRow = Omit<
  RunListItem,
  'status' | 'workflowName' | 'createdAt' | 'startedAt' | 'finishedAt' | 'usage' | 'error'
> & {
  graphHash: string
  status: string
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
  summary: unknown
}

const Summary = z.object({
  usage: UsageView.nullish(),
  error: z.object({ code: z.string(), message: z.string(), path: z.string().nullish() }).nullish(),
})

/** The row's columns are a cache of the log; a summary that this version can't read shows as none. */
export const readSummary = (stored: unknown): { usage: Usage | null; error: RunListItem['error'] } => {
  const { data } = Summary.safeParse(stored)
  const error = data?.error
  return {
    usage: data?.usage ?? null,
    error: error ? { code: error.code, message: error.message, ...(error.path ? { path: error.path } : {}) } : null,
  }
}

/** By the id of a workflow, or by the hash of a graph. */
export type Names = ReadonlyMap<string, string>

export const viewListItem = ({ summary, graphHash, ...row }: RunListRow, names: Names): RunListItem => ({
  ...row,
  status: readStatus(row.status),
  workflowName: names.get(row.workflowId ?? graphHash) ?? null,
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
  ...readSummary(summary),
})

export const readStatus = (text: string) => runStatuses.find((status) => status === text) ?? 'queued'

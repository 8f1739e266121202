'use client'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/components/api/trpc'
import type { NodeRun } from '../inspector-context'
import { RunsSection } from '../sections/runs-section'

const most = 10

type Props = { workflowId: string; node: string; onOpen: (runId: string, path: string) => void }

/** The last runs of the workflow, as this node saw them. */
export function NodeRuns({ workflowId, node, onOpen }: Props) {
  const trpc = useTRPC()
  const list = useQuery(trpc.runs.list.queryOptions({ workflowId, limit: most }))
  const runs = useQueries({
    queries: (list.data?.items ?? []).map(({ id }) => trpc.runs.get.queryOptions({ id }, { staleTime: 10_000 })),
  })
  if (list.data === undefined || runs.some(({ isPending }) => isPending))
    return <RunsSection runs={null} onOpen={onOpen} />
  const found = runs.flatMap(({ data }) => (data === undefined ? [] : runOf(data, node)))
  return <RunsSection runs={found} onOpen={onOpen} />
}

type View = {
  id: string
  createdAt: string
  nodes: readonly {
    id: string
    path: string
    status: NodeRun['status'] | 'retrying'
    startedAt: string | null
    finishedAt: string | null
    error?: { message: string } | undefined
  }[]
}

/** In a box a node runs many times: the first that failed is shown, else the first. */
function runOf({ id, createdAt, nodes }: View, node: string): NodeRun[] {
  const own = nodes.filter((candidate) => candidate.id === node)
  const shown = own.find(({ status }) => status === 'failed') ?? own[0]
  if (shown === undefined) return []
  const { startedAt, finishedAt, status, error, path } = shown
  const duration = startedAt === null || finishedAt === null ? null : Date.parse(finishedAt) - Date.parse(startedAt)
  return [
    {
      runId: id,
      path,
      status: status === 'retrying' ? 'running' : status,
      startedAt: Date.parse(startedAt ?? createdAt),
      durationMs: duration,
      ...(error === undefined ? {} : { message: error.message }),
    },
  ]
}

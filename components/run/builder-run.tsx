'use client'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { useTRPC } from '@/components/api/trpc'
import { withGraph } from '@/components/api/with-graph'
import { LiveRun } from '@/components/live/run-context'
import { FocusProvider } from './run-focus'
import { RunPlaceProvider } from './run-place'

type Props = { runId: string; children: ReactNode; waiting?: ReactNode }

/** Everything that panels and cards need to show one run, without the replay: for the builder. */
export function BuilderRun({ runId, children, waiting }: Props) {
  const trpc = useTRPC()
  const { data } = useQuery(
    trpc.runs.graph.queryOptions({ id: runId }, { staleTime: Number.POSITIVE_INFINITY, select: withGraph }),
  )
  const place = useMemo(() => {
    if (!data) return null
    const { graph, workflowId, workflowName, version } = data
    return { runId, graph, workflowId, version, name: workflowName ?? graph.name }
  }, [runId, data])
  if (!place) return waiting
  return (
    <RunPlaceProvider place={place}>
      <FocusProvider key={runId}>
        <LiveRun runId={runId}>{children}</LiveRun>
      </FocusProvider>
    </RunPlaceProvider>
  )
}

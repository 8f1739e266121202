'use client'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { useTRPC } from '@/components/api/trpc'
import { withGraph } from '@/components/api/with-graph'
import { RunProvider, useRun } from '@/components/live/run-context'
import type { Graph } from '@/engine/graph/schema'
import { DrawnProvider } from './canvas/drawn-context'
import { createFocus, FocusStoreProvider } from './run-focus'
import { RunPlaceProvider } from './run-place'

type Props = {
  /** Null: there is nothing to show, and what lies inside is the plain builder. */
  runId: string | null
  /** The graph of the canvas, which may be another one than the run's. */
  drawn: Graph
  children: ReactNode
}

/**
 * Brings one run to everything inside, without the replay: for the builder. The inside stays mounted whether or not there
 * is a run, so that the canvas does not blink; `useHasRun` says whether there is one.
 */
export function BuilderRun({ runId, drawn, children }: Props) {
  const trpc = useTRPC()
  const store = useRun(runId)
  const { data } = useQuery(
    trpc.runs.graph.queryOptions(
      { id: runId ?? '' },
      { enabled: runId !== null, staleTime: Number.POSITIVE_INFINITY, select: withGraph },
    ),
  )
  const place = useMemo(() => {
    if (runId === null || !data) return null
    const { graph, workflowId, workflowName, version } = data
    return { runId, graph, workflowId, version, name: workflowName ?? graph.name }
  }, [runId, data])
  // Another run is looked at with fresh eyes.
  const focus = useMemo(() => ({ runId, store: createFocus(null, () => {}) }), [runId])
  return (
    <RunPlaceProvider place={place}>
      <FocusStoreProvider value={focus.store}>
        <DrawnProvider run={place?.graph ?? null} drawn={drawn}>
          <RunProvider value={place && store}>{children}</RunProvider>
        </DrawnProvider>
      </FocusStoreProvider>
    </RunPlaceProvider>
  )
}

'use client'
import { type ReactNode, useMemo } from 'react'
import type { StoreApi } from 'zustand'
import { RunProvider } from '@/components/live/run-context'
import type { RunView } from '@/components/live/run-store'
import { ReplayProvider, type ReplayStart } from '@/components/run/replay/replay-context'
import { FocusProvider } from '@/components/run/run-focus'
import { type Guest, RunPlaceProvider } from '@/components/run/run-place'
import type { Graph } from '@/engine/graph/schema'

type Props = {
  /** Distinguishes what was read of one run from another. */
  id: string
  graph: Graph
  store: StoreApi<RunView>
  guest: Guest
  start: ReplayStart
  children: ReactNode
}

/** Brings a run to everything inside for somebody who only looks on: live or recorded, the panels do not know which. */
export function GuestRun({ id, graph, store, guest, start, children }: Props) {
  const place = useMemo(
    () => ({ runId: id, graph, workflowId: null, version: null, name: graph.name, guest }),
    [id, graph, guest],
  )
  return (
    <RunPlaceProvider place={place}>
      <RunProvider value={store}>
        <ReplayProvider start={start}>
          <FocusProvider inAddress={start === 'address'}>{children}</FocusProvider>
        </ReplayProvider>
      </RunProvider>
    </RunPlaceProvider>
  )
}

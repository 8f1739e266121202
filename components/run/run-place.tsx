'use client'
import { createContext, type ReactNode, useContext } from 'react'
import type { Graph } from '@/engine/graph/schema'

/** What stays the same while a run goes on. */
export type RunPlace = { runId: string; graph: Graph; workflowId: string | null; version: number | null; name: string }

const RunIdContext = createContext<string | null>(null)

/** For what shows something of a run without the run around it. */
export function RunIdProvider({ runId, children }: { runId: string; children: ReactNode }) {
  return <RunIdContext value={runId}>{children}</RunIdContext>
}

export function useRunId(): string {
  const runId = useContext(RunIdContext)
  if (runId === null) throw new Error('useRunId is used outside of a run')
  return runId
}

const PlaceContext = createContext<RunPlace | null>(null)

export function RunPlaceProvider({ place, children }: { place: RunPlace | null; children: ReactNode }) {
  return (
    <RunIdContext value={place?.runId ?? null}>
      <PlaceContext value={place}>{children}</PlaceContext>
    </RunIdContext>
  )
}

export function useRunPlace(): RunPlace {
  const place = useContext(PlaceContext)
  if (!place) throw new Error('useRunPlace is used outside of a run')
  return place
}

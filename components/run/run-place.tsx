'use client'
import { createContext, type ReactNode, useContext } from 'react'
import type { Graph } from '@/engine/graph/schema'

/** What stays the same while a run goes on. */
export type RunPlace = { runId: string; graph: Graph; workflowId: string | null; version: number | null; name: string }

const PlaceContext = createContext<RunPlace | null>(null)

export function RunPlaceProvider({ place, children }: { place: RunPlace | null; children: ReactNode }) {
  return <PlaceContext value={place}>{children}</PlaceContext>
}

export function useRunPlace(): RunPlace {
  const place = useContext(PlaceContext)
  if (!place) throw new Error('useRunPlace is used outside of a run')
  return place
}

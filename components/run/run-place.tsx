'use client'
import { createContext, type ReactNode, useContext } from 'react'
import type { Graph } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'

/** What stays the same while a run goes on. */
export type RunPlace = {
  runId: string
  graph: Graph
  workflowId: string | null
  version: number | null
  name: string
  /** Set where somebody only looks on (a shared run, a sample): nothing can be done there. */
  guest?: Guest
}

export type Guest = {
  /** Values come from what was recorded or shared, not from the workspace. */
  readValue: (hash: string) => Promise<Json>
}

const PlaceContext = createContext<RunPlace | null>(null)

export function RunPlaceProvider({ place, children }: { place: RunPlace | null; children: ReactNode }) {
  return <PlaceContext value={place}>{children}</PlaceContext>
}

/** Does somebody only look on, who can do nothing about the run? */
export const useIsGuest = (): boolean => useRunPlace().guest !== undefined

export function useRunPlace(): RunPlace {
  const place = useContext(PlaceContext)
  if (!place) throw new Error('useRunPlace is used outside of a run')
  return place
}

'use client'
import { createContext, type ReactNode, useContext } from 'react'
import type { Graph } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'
import type { ShareInclude } from '@/engine/share/options'

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
  /** What was shared of the run; without it, all of it. */
  include?: ShareInclude
}

/** Which run something belongs to, and where its values come from. */
export type RunSource = { runId: string; guest?: Guest }

const SourceContext = createContext<RunSource | null>(null)

/** For what shows something of a run without the run around it. */
export function RunSourceProvider({ source, children }: { source: RunSource; children: ReactNode }) {
  return <SourceContext value={source}>{children}</SourceContext>
}

export function useRunSource(): RunSource {
  const source = useContext(SourceContext)
  if (!source) throw new Error('useRunSource is used outside of a run')
  return source
}

const PlaceContext = createContext<RunPlace | null>(null)

export function RunPlaceProvider({ place, children }: { place: RunPlace | null; children: ReactNode }) {
  return (
    <SourceContext value={place}>
      <PlaceContext value={place}>{children}</PlaceContext>
    </SourceContext>
  )
}

const all: ShareInclude = {
  input: true,
  prompts: true,
  outputs: true,
  costs: true,
  toolArguments: true,
  timeline: true,
}

/** What of the run may be seen by whoever looks at it here. */
export const useIncluded = (): ShareInclude => useRunPlace().guest?.include ?? all

/** Does somebody only look on, who can do nothing about the run? */
export const useIsGuest = (): boolean => useRunPlace().guest !== undefined

export function useRunPlace(): RunPlace {
  const place = useContext(PlaceContext)
  if (!place) throw new Error('useRunPlace is used outside of a run')
  return place
}

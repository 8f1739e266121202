'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { problemOf } from '@/components/api/problem'
import { useRunStore, useRunView } from '@/components/live/run-context'
import { useRunPlace } from '@/components/run/run-place'
import type { Json } from '@/engine/json'
import type { PathKey } from '@/engine/path'
import type { Ref } from '@/engine/payload'
import type { StepState } from '@/engine/run/state'
import { conversationOf, type Line, missingIn } from './conversation'
import { arrivedValue, openingOf, type Rendered, renderedFields } from './node-input'
import type { Computed, Fetched } from './past-values'
import { useReadValue } from './use-read-value'

/** Fetches one value after the other as they turn out to be missing; what was fetched once is kept for the page. */
function useFetching(missing: Ref | null): { fetched: Fetched; problem: string | null } {
  const readValue = useReadValue()
  const client = useQueryClient()
  const [fetched, setFetched] = useState<Fetched>(() => new Map<string, Json>())
  const [problem, setProblem] = useState<string | null>(null)
  const hash = missing?.hash ?? null
  useEffect(() => {
    if (hash === null) return
    let isGone = false
    client.fetchQuery(readValue(hash)).then(
      (value) => !isGone && setFetched((before) => new Map(before).set(hash, value)),
      (error: unknown) => !isGone && setProblem(problemOf(error).detail),
    )
    return () => {
      isGone = true
    }
  }, [hash, readValue, client])
  return { fetched, problem }
}

export type NodeInput = { arrived: Computed<Json>; fields: readonly Rendered[]; problem: string | null }

/** What reached a node and what its fields came to. Both are settled once it has started, so they are worked out once. */
export function useNodeInput(path: PathKey): NodeInput {
  const { graph } = useRunPlace()
  const store = useRunStore()
  const started = useStarted(path)
  const [missing, setMissing] = useState<Ref | null>(null)
  const { fetched, problem } = useFetching(missing)
  const input = useMemo(() => {
    void started
    const place = { graph, state: store.getState().state, path, fetched }
    return { arrived: arrivedValue(place), fields: renderedFields(place) }
  }, [graph, store, path, fetched, started])
  const next = [input.arrived, ...input.fields.map(({ value }) => value)].find(isMissing)?.ref ?? null
  useEffect(() => setMissing(next), [next])
  return { ...input, problem }
}

const isMissing = (computed: Computed<unknown>): computed is { type: 'missing'; ref: Ref } =>
  computed.type === 'missing'

const noSteps: ReadonlyMap<string, StepState> = new Map()

/** The messages of an agent, also those of a call that is not answered yet. */
export function useConversation(path: PathKey): { lines: readonly Line[]; problem: string | null; isWhole: boolean } {
  const { graph } = useRunPlace()
  const store = useRunStore()
  const started = useStarted(path)
  const steps = useRunView(({ state }) => state.steps.get(path)) ?? noSteps
  const [missing, setMissing] = useState<Ref | null>(null)
  const { fetched, problem } = useFetching(missing)
  const opening = useMemo(() => {
    void started
    return openingOf({ graph, state: store.getState().state, path, fetched })
  }, [graph, store, path, fetched, started])
  const lines = useMemo(
    () => conversationOf(opening.type === 'ready' ? opening.value : [], steps, fetched),
    [opening, steps, fetched],
  )
  const next = opening.type === 'missing' ? opening.ref : missingIn(lines)
  useEffect(() => setMissing(next), [next])
  return { lines, problem, isWhole: next === null }
}

/** Changes whenever the input of the node could be another one. */
const useStarted = (path: PathKey): string =>
  useRunView(({ state }) => {
    const node = state.nodes.get(path)
    return node && 'startedAt' in node ? `${node.startedAt} ${node.status}` : 'idle'
  })

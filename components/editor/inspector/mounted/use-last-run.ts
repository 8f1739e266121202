'use client'
import { useQueries } from '@tanstack/react-query'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTRPC } from '@/components/api/trpc'
import type { Graph } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'
import type { Ref } from '@/engine/payload'
import { upstreamOf } from '@/engine/plan/upstream'
import type { NodeState, StepState } from '@/engine/run/state'
import { specs } from '@/nodes/registry/specs'
import type { LastRun } from '../inspector-context'
import { heldIn, isSameRefs, type PastRefs, pastRefs } from './past-run'
import { useRunState } from './use-run-state'

/** Large values are fetched only as far as a person may want to look at them here. */
const mostFetched = 12

/** What the run says about a node, with the values that its expressions may name. */
export function useLastRun(runId: string | null, graph: Graph, id: string): LastRun | null {
  const state = useRunState(runId)
  const settled = useDeferredValue(graph)
  const found = useMemo(() => (state === null ? null : pastRefs(settled, state, id)), [settled, state, id])
  const refs = useKept(found)
  const steps = refs?.self ? state?.steps.get(refs.self.path) : undefined
  const wanted = useMemo(() => (refs === null ? [] : wantedRefs(settled, refs, id)), [settled, refs, id])
  const values = useValues(runId, wanted)
  return useMemo(
    () => (refs === null || runId === null ? null : lastRunOf(runId, { refs, steps, values })),
    [refs, steps, runId, values],
  )
}

/** What says the same stays the same: all that is worked out from it stands. */
function useKept(refs: PastRefs | null): PastRefs | null {
  const [kept, setKept] = useState(refs)
  if (refs === kept || (refs !== null && kept !== null && isSameRefs(refs, kept))) return kept
  setKept(refs)
  return refs
}

/** Those of the node itself first, then of the names it may use. */
function wantedRefs(graph: Graph, { self, arrived, seen }: PastRefs, id: string): readonly Ref[] {
  const own = self === null ? undefined : outputOf(self.state)
  const incoming = arrived === null ? [] : arrived.type === 'one' ? [arrived.ref] : arrived.refs.map(([, ref]) => ref)
  const names = new Set(upstreamOf({ graph, specs }, { node: id, inside: true }).map(({ name }) => name))
  const others = [...seen].flatMap(([path, ref]) => (names.has(path.split('/').at(-1) ?? '') ? [ref] : []))
  return [...(own ? [own] : []), ...incoming, ...others]
}

type Values = ReadonlyMap<string, Json>

function useValues(runId: string | null, refs: readonly Ref[]): Values {
  const trpc = useTRPC()
  const missing = [...new Set(refs.filter((ref) => !heldIn(ref).whole).map(({ hash }) => hash))].slice(0, mostFetched)
  const combine = (answers: readonly { data?: { value: unknown } | undefined }[]): Values =>
    new Map(
      answers.flatMap(({ data }, index): [string, Json][] => {
        const hash = missing[index]
        return data === undefined || hash === undefined ? [] : [[hash, data.value as Json]]
      }),
    )
  const fetched = useQueries({
    queries: missing.map((hash) =>
      trpc.runs.payload.queryOptions({ id: runId ?? '', hash }, { staleTime: Number.POSITIVE_INFINITY }),
    ),
  })
  const arrived = fetched.filter(({ data }) => data !== undefined).length
  // biome-ignore lint/correctness/useExhaustiveDependencies: a hash means one value for ever, so their number says all
  return useMemo(() => combine(fetched), [missing.join(), arrived])
}

type Steps = ReadonlyMap<string, StepState> | undefined
type Known = { refs: PastRefs; steps: Steps; values: Values }

function lastRunOf(runId: string, { refs, steps, values }: Known): LastRun {
  const read = (ref: Ref): Json | undefined => {
    const held = heldIn(ref)
    return held.whole ? held.value : values.get(ref.hash)
  }
  const seen = [...refs.seen].flatMap(([path, ref]): [string, Json][] => {
    const value = read(ref)
    return value === undefined ? [] : [[path, value]]
  })
  return { runId, values: Object.fromEntries(seen), node: nodeOf(refs, steps, read) }
}

function nodeOf({ self, arrived }: PastRefs, steps: Steps, read: (ref: Ref) => Json | undefined): LastRun['node'] {
  if (self === null) return null
  const { path, state } = self
  const output = outputOf(state)
  const came = output === null ? undefined : read(output)
  const input = arrived === null ? undefined : arrivedValue(arrived, read)
  return {
    path,
    status: state.status === 'retrying' ? 'running' : state.status,
    ...(input === undefined ? {} : { input }),
    ...(came === undefined ? {} : { output: came }),
    ...('failure' in state ? { failure: { code: state.failure.code, message: state.failure.message } } : {}),
    endedAt: 'endedAt' in state ? state.endedAt : null,
    simulated: [...(steps?.values() ?? [])].some((step) => step.status === 'completed' && step.simulated === true),
  }
}

function arrivedValue(
  arrived: NonNullable<PastRefs['arrived']>,
  read: (ref: Ref) => Json | undefined,
): Json | undefined {
  if (arrived.type === 'one') return read(arrived.ref)
  return Object.fromEntries(arrived.refs.map(([name, ref]) => [name, read(ref) ?? null]))
}

const outputOf = (state: NodeState): Ref | null => {
  if (state.status === 'completed') return state.output
  return state.status === 'failed' ? (state.handled?.output ?? null) : null
}

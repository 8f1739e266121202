import type { Graph } from '@/engine/graph/schema'
import { type Json, own } from '@/engine/json'
import type { PastRun } from '@/engine/plan/past-values'
import type { InspectorContext } from './inspector-context'

type Known = Pick<InspectorContext, 'lastRun' | 'pins'>

/** What a node would see in the next run of the draft: what there was in the last one, and what is pinned since. */
export function seenBy(graph: Graph, id: string, { lastRun, pins }: Known): PastRun | null {
  if (lastRun === null && Object.keys(pins).length === 0) return null
  const arrived = arrivesPinned(graph, id, pins) ?? lastRun?.node?.input
  return { values: { ...lastRun?.values, ...pins }, ...(arrived === undefined ? {} : { input: arrived }) }
}

function arrivesPinned(graph: Graph, id: string, pins: Known['pins']): Json | undefined {
  const sources = new Set(graph.edges.flatMap(({ source, target }) => (target === id ? [source] : [])))
  const [only] = sources
  return only !== undefined && sources.size === 1 ? own(pins, only) : undefined
}

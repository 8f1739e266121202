import { deriveFlow } from '@/components/editor/store/derive-flow'
import type { Flow } from '@/components/editor/store/types'
import type { Graph } from '@/engine/graph/schema'

const known = new WeakMap<Graph, Flow>()

/** The drawing of a graph that doesn't change any more. */
export function flowOf(graph: Graph): Flow {
  const found = known.get(graph)
  if (found) return found
  const flow = deriveFlow({
    graph,
    pins: {},
    flow: { nodes: [], edges: [] },
    problems: [],
    selected: new Set(),
    selectedEdges: new Set(),
  })
  known.set(graph, flow)
  return flow
}

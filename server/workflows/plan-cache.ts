import type { Graph } from '@/engine/graph/schema'
import type { Pins } from '@/engine/plan/pins'
import { type Cache, createCache } from '@/server/cache'
import { type Compile, type Compiled, compileGraph, hashGraph } from '@/server/workflows/compiled'

/** What a run of a workflow would run right now. */
export type Runnable = { workflowId: string; version: number | null; compiled: Compiled; pins?: Pins }

/** Which version is the one to run, and its graph by hash. */
export type Published = { workflowId: string; version: number; hash: string }

export type PlanCache = {
  ofGraph: (graph: Graph) => Compiled
  /** `load` is asked only when the graph of this hash is not known here. */
  ofHash: (hash: string, load: () => Promise<Graph | null>) => Promise<Compiled | null>
  /** Short: another process may publish. It holds no graph, so that none outlives the plans that are known. */
  published: Cache<Published | null>
}

export const mostKnown = 200
/** Nodes and problems of all that is known: the largest graphs are some 20 MB each. */
export const mostWeight = 100_000
const weightOf = ({ graph, problems }: Compiled): number => graph.nodes.length + problems.length

export function createPlanCache(compile: Compile): PlanCache {
  const known = new Map<string, Compiled>()
  let weight = 0

  const recall = (hash: string): Compiled | undefined => {
    const found = known.get(hash)
    if (!found) return undefined
    // The least recently used one stands first and is the next to go.
    known.delete(hash)
    known.set(hash, found)
    return found
  }

  const make = (graph: Graph, hash: string): Compiled => {
    const made = compileGraph(graph, hash, compile)
    known.set(hash, made)
    weight += weightOf(made)
    for (const [oldest, compiled] of known) {
      if (known.size <= mostKnown && weight <= mostWeight) break
      known.delete(oldest)
      weight -= weightOf(compiled)
    }
    return made
  }

  return {
    ofGraph: (graph) => {
      const hash = hashGraph(graph)
      return recall(hash) ?? make(graph, hash)
    },
    ofHash: async (hash, load) => {
      const found = recall(hash)
      if (found) return found
      const graph = await load()
      return graph && (recall(hash) ?? make(graph, hash))
    },
    published: createCache({ max: 2_000, ttlMs: 900, staleMs: 1_000 }),
  }
}

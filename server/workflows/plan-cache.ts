import type { Graph } from '@/engine/graph/schema'
import { type Cache, createCache } from '@/server/cache'
import { type Compile, type Compiled, compileGraph, hashGraph } from '@/server/workflows/compiled'

/** What a run of a workflow would run right now. */
export type Runnable = { workflowId: string; version: number | null; compiled: Compiled }

export type PlanCache = {
  ofGraph: (graph: Graph) => Compiled
  /** `load` is asked only when the graph of this hash is not known here. */
  ofHash: (hash: string, load: () => Promise<Graph | null>) => Promise<Compiled | null>
  /** Short: another process may publish. */
  published: Cache<Runnable | null>
}

export function createPlanCache(compile: Compile, max = 200): PlanCache {
  const known = new Map<string, Compiled>()

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
    for (const oldest of known.keys()) {
      if (known.size <= max) break
      known.delete(oldest)
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
    published: createCache({ max: 2_000, ttlMs: 900 }),
  }
}

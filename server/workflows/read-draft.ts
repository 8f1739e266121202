import { parseGraph } from '@/engine/graph/parse'
import type { Graph } from '@/engine/graph/schema'
import { specs } from '@/nodes/registry/specs'
import { done, type Outcome, refuse } from '@/server/refusal'

/** A graph from outside. It may be incomplete, but what is there must be right. */
export function readDraft(raw: unknown, name?: string): Outcome<Graph> {
  const parsed = parseGraph(raw, specs)
  if (!parsed.ok)
    return refuse('invalid_graph', 'This is not a graph in the format of Baton.', { problems: parsed.problems })
  return done(name === undefined ? parsed.graph : { ...parsed.graph, name })
}

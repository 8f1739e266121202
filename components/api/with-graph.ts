import { Graph } from '@/engine/graph/schema'
import type { JsonObject } from '@/engine/json'

/** An answer that holds a graph: over the wire it is plain JSON, here it is a graph again. For `select` of a query. */
export const withGraph = <T extends { graph: JsonObject }>(answer: T): Omit<T, 'graph'> & { graph: Graph } => ({
  ...answer,
  graph: Graph.parse(answer.graph),
})

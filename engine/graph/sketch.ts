import type { Graph, GraphEdge, GraphNode } from './schema'

/** What a small picture of a graph needs: where things lie and what leads where, and no words of anybody. */
export type GraphSketch = {
  nodes: readonly Pick<GraphNode, 'id' | 'kind' | 'parent' | 'position' | 'size'>[]
  edges: readonly Pick<GraphEdge, 'source' | 'target'>[]
}

/** Nobody can tell more nodes apart in a picture of that size. */
const most = 300

export function sketchOf({ nodes, edges }: Pick<Graph, 'nodes' | 'edges'>): GraphSketch {
  const shown = nodes.slice(0, most)
  const ids = new Set(shown.map(({ id }) => id))
  return {
    nodes: shown.map(({ id, kind, parent, position, size }) => ({
      id,
      kind,
      ...(parent !== undefined && ids.has(parent) && { parent }),
      ...(position && { position }),
      ...(size && { size }),
    })),
    edges: edges
      .filter(({ source, target }) => ids.has(source) && ids.has(target))
      .map(({ source, target }) => ({ source, target })),
  }
}

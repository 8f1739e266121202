import type { Graph, GraphEdge, GraphNode } from '@/engine/graph/schema'

type PlainNode = Omit<GraphNode, 'config'> & { config?: GraphNode['config'] }

/** A graph in few words; edges read `a -> b` or `a.port -> b`. */
export function buildGraph(
  nodes: readonly PlainNode[],
  edges: readonly string[] = [],
  rest: Partial<Graph> = {},
): Graph {
  return {
    baton: 1,
    name: 'Test',
    ...rest,
    nodes: nodes.map((node) => ({ config: {}, ...node })),
    edges: edges.map(readEdge),
  }
}

function readEdge(text: string): GraphEdge {
  const match = /^(\w+)(?:\.(\w+))? -> (\w+)$/.exec(text)
  if (match?.[1] === undefined || match[3] === undefined) throw new Error(`not an edge: ${text}`)
  return { source: match[1], ...(match[2] === undefined ? {} : { sourcePort: match[2] }), target: match[3] }
}

/** An input, `count` transforms in a row that each read the one before and the start, an output. */
export function buildChain(count: number): Graph {
  const steps = Array.from({ length: count }, (_, index) => ({
    id: `n${index}`,
    kind: 'transform',
    config: { template: `${index} {{ ${index === 0 ? 'start.topic' : `n${index - 1}`} }} {{ start.topic }}` },
  }))
  const ids = ['start', ...steps.map((step) => step.id), 'done']
  return buildGraph(
    [
      { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] } },
      ...steps,
      { id: 'done', kind: 'output' },
    ],
    ids.slice(1).map((id, index) => `${ids[index]} -> ${id}`),
  )
}

import { parseGraph } from '@/engine/graph/parse'
import type { Graph } from '@/engine/graph/schema'
import { type JsonObject, own } from '@/engine/json'
import { specs } from '@/nodes/registry/specs'
import { done, type Outcome, refuse } from '@/server/refusal'

/** The graph with other configs. Whether it still compiles is looked at afterwards. */
export function patchGraph(graph: Graph, nodes: { readonly [id: string]: { config: JsonObject } }): Outcome<Graph> {
  const ids = new Set(graph.nodes.map(({ id }) => id))
  const unknown = Object.keys(nodes).filter((id) => !ids.has(id))
  if (unknown.length > 0) {
    return refuse('invalid_input', 'The patch names nodes that are not in this run.', {
      problems: unknown.map((id) => ({
        code: 'unknown_node',
        path: `patch.nodes.${id}`,
        message: `There is no node ${id}.`,
      })),
    })
  }
  if (Object.keys(nodes).length === 0) return done(graph)
  const patched = {
    ...graph,
    nodes: graph.nodes.map((node) => ({ ...node, config: own(nodes, node.id)?.config ?? node.config })),
  }
  const parsed = parseGraph(patched, specs)
  return parsed.ok
    ? done(parsed.graph)
    : refuse('invalid_graph', 'The patch does not fit its node.', { problems: parsed.problems })
}

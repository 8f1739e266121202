import type { Graph, GraphNode } from '@/engine/graph/schema'
import { isJsonObject, type Json, type JsonObject } from '@/engine/json'
import type { TemplateFields } from '@/server/templates/own/fields'

/** The graph with what is said about it; what is left out stays as the graph has it. */
export function describeGraph(graph: Graph, fields: TemplateFields): Graph {
  const { name, description, category, tags, difficulty, summary, estimatedCost, sampleInput } = fields
  const said = { category, tags, difficulty, summary, estimatedCost, sampleInput }
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
  return {
    ...graph,
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    template: { ...graph.template, ...given },
  }
}

/**
 * A template goes to people who have other connections: a model that is named by one of this workspace becomes the
 * default. Secrets are named in a graph and never in it, so they are asked for where it is used.
 */
export function withoutConnections(graph: Graph, connections: ReadonlySet<string>): Graph {
  const own = (model: Json | undefined): boolean =>
    typeof model === 'string' && connections.has(model.split('/', 1)[0] ?? '')
  const cleaned = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(cleaned)
    if (!isJsonObject(value)) return value
    const entries = Object.entries(value).map(([key, inner]) =>
      key === 'model' && own(inner) ? ([key, 'default'] as const) : ([key, cleaned(inner)] as const),
    )
    return Object.fromEntries(entries)
  }
  const nodes = graph.nodes.map((node): GraphNode => ({ ...node, config: cleaned(node.config) as JsonObject }))
  if (graph.roles === undefined) return { ...graph, nodes }
  const roles = Object.entries(graph.roles).map(([id, role]) => [
    id,
    own(role.model) ? { ...role, model: 'default' } : role,
  ])
  return { ...graph, nodes, roles: Object.fromEntries(roles) as NonNullable<Graph['roles']> }
}

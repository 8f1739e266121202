import { enter, rootsOf, schemaOf } from '@/engine/graph/config-schema'
import { Graph, GraphNode } from '@/engine/graph/schema'
import { isJsonObject, type Json, type JsonObject, own } from '@/engine/json'
import type { KindSpecs } from '@/engine/kind/spec'

/**
 * The same graph with its keys in one order, so that a file in git changes only where the graph does: the keys of the
 * format, and those of a config that its kind knows, in the order of their schema, all others as they stand.
 */
export function orderKeys(graph: Graph, specs: KindSpecs): JsonObject {
  const { nodes, ...rest } = graph
  const plain = { ...rest, nodes: [] } as unknown as JsonObject
  const ordered = orderBySchema(schemaOf(Graph), plain)
  return { ...(ordered as JsonObject), nodes: nodes.map((node) => orderNode(node, specs)) }
}

function orderNode(node: GraphNode, specs: KindSpecs): JsonObject {
  const spec = own(specs, node.kind)
  const ordered = orderBySchema(schemaOf(GraphNode), node as unknown as JsonObject) as JsonObject
  return spec === undefined ? ordered : { ...ordered, config: orderBySchema(schemaOf(spec.config), node.config) }
}

const orderBySchema = (schema: JsonObject, value: Json): Json => order(schema, rootsOf(schema), value)

function order(root: JsonObject, schemas: readonly JsonObject[], value: Json): Json {
  if (schemas.length === 0) return value
  if (Array.isArray(value)) return value.map((item, index) => order(root, enter(root, schemas, index), item))
  if (!isJsonObject(value)) return value
  const named = schemas.flatMap((schema) => Object.keys(isJsonObject(schema.properties) ? schema.properties : {}))
  const keys = new Set([...named.filter((key) => Object.hasOwn(value, key)), ...Object.keys(value)])
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const inner = value[key]
      return inner === undefined ? [] : [[key, order(root, enter(root, schemas, key), inner)]]
    }),
  )
}

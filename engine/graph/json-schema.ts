import { schemaOf } from '@/engine/graph/config-schema'
import { Graph, GraphNode } from '@/engine/graph/schema'
import { isJsonObject, type Json, type JsonObject } from '@/engine/json'
import type { KindSpec, KindSpecs } from '@/engine/kind/spec'

/** The JSON Schema (2020-12) of the graph format, to be published: editors complete and check graphs with it. */
export function graphJsonSchema(specs: KindSpecs): JsonObject {
  const kinds = Object.values(specs)
  const graph = schemaOf(Graph)
  const properties = isJsonObject(graph.properties) ? graph.properties : {}
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Baton graph, version 1',
    ...graph,
    properties: { ...properties, nodes: { ...listOf(properties.nodes), items: { oneOf: kinds.map(refTo) } } },
    $defs: Object.fromEntries(kinds.flatMap(definitions)),
  }
}

const listOf = (schema: Json | undefined): JsonObject => (isJsonObject(schema) ? schema : { type: 'array' })

const refTo = ({ kind }: KindSpec): JsonObject => ({ $ref: `#/$defs/${kind}` })

/** A node of this kind, its config, and what the config's schema refers to, under names of their own. */
function definitions(spec: KindSpec): [string, Json][] {
  const node = schemaOf(GraphNode)
  const name = `${spec.kind}_config`
  const { $defs, ...config } = schemaOf(spec.config)
  const inner = Object.entries(isJsonObject($defs) ? $defs : {})
  return [
    [
      spec.kind,
      { ...node, title: spec.title, description: spec.summary, properties: nodeProperties(node, spec, name) },
    ],
    [name, redirect(config, name)],
    ...inner.map(([key, schema]): [string, Json] => [`${name}_${key}`, redirect(schema, name)]),
  ]
}

const nodeProperties = (node: JsonObject, spec: KindSpec, name: string): JsonObject => ({
  ...(isJsonObject(node.properties) ? node.properties : {}),
  kind: { const: spec.kind },
  config: { $ref: `#/$defs/${name}` },
})

/** Local references point to the definitions' new names. */
function redirect(schema: Json, name: string): Json {
  if (Array.isArray(schema)) return schema.map((item) => redirect(item, name))
  if (!isJsonObject(schema)) return schema
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key !== '$ref' || typeof value !== 'string') return [key, redirect(value, name)]
      return [key, value === '#' ? `#/$defs/${name}` : value.replace('#/$defs/', `#/$defs/${name}_`)]
    }),
  )
}

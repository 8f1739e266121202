import type { Graph, GraphEdge, GraphNode } from '@/engine/graph/schema'
import { isJsonObject, type Json, own } from '@/engine/json'

export type GraphDiff = {
  added: readonly string[]
  removed: readonly string[]
  /** `fields` are options of the node (`name`, `position`) and the first level of its config (`config.prompt`). */
  changed: readonly { id: string; fields: readonly string[] }[]
  edges: { added: readonly GraphEdge[]; removed: readonly GraphEdge[] }
  /** Properties of the graph itself: `name`, `budget`, … and `order` when nodes stand in another order. */
  properties: readonly string[]
}

export function diffGraphs(a: Graph, b: Graph): GraphDiff {
  const before = new Map(a.nodes.map((node) => [node.id, node]))
  const after = new Map(b.nodes.map((node) => [node.id, node]))
  const common = a.nodes.filter((node) => after.has(node.id))
  return {
    added: b.nodes.flatMap((node) => (before.has(node.id) ? [] : [node.id])),
    removed: a.nodes.flatMap((node) => (after.has(node.id) ? [] : [node.id])),
    changed: common.flatMap((node) => {
      const other = after.get(node.id)
      const fields = other === undefined ? [] : changedFields(node, other)
      return fields.length === 0 ? [] : [{ id: node.id, fields }]
    }),
    edges: diffEdges(a.edges, b.edges),
    properties: [...changedProperties(a, b), ...(isReordered(common, b.nodes, before) ? ['order'] : [])],
  }
}

function changedFields(a: GraphNode, b: GraphNode): string[] {
  const { config: before, ...rest } = a
  const { config: after, ...others } = b
  return [...changedKeys(rest, others), ...changedKeys(before, after).map((key) => `config.${key}`)]
}

function changedProperties(a: Graph, b: Graph): string[] {
  const { nodes: _, edges: __, ...before } = a
  const { nodes: ___, edges: ____, ...after } = b
  return changedKeys(before, after)
}

const changedKeys = (a: object, b: object): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (key) => !isSame(own(a as { [key: string]: Json }, key), own(b as { [key: string]: Json }, key)),
  )

function isReordered(
  common: readonly GraphNode[],
  after: readonly GraphNode[],
  before: ReadonlyMap<string, GraphNode>,
) {
  const now = after.filter((node) => before.has(node.id))
  return now.some((node, index) => node.id !== common[index]?.id)
}

const identity = ({ source, sourcePort = 'out', target }: GraphEdge): string => `${source} ${sourcePort} ${target}`

function diffEdges(a: readonly GraphEdge[], b: readonly GraphEdge[]): GraphDiff['edges'] {
  const before = new Set(a.map(identity))
  const after = new Set(b.map(identity))
  return {
    added: b.filter((edge) => !before.has(identity(edge))),
    removed: a.filter((edge) => !after.has(identity(edge))),
  }
}

/** Equal as JSON, whatever the order of keys. */
function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]))
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => isSame(a[key], own(b, key)))
}

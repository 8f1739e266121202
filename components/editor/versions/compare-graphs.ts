import { edgeId } from '@/components/editor/graph/edge-id'
import { nameOf } from '@/components/editor/graph/kinds'
import { diffGraphs } from '@/engine/graph/diff'
import type { Graph, GraphEdge, GraphNode } from '@/engine/graph/schema'
import { type Json, own } from '@/engine/json'

export type Mark = 'added' | 'removed' | 'changed'
export type FieldChange = { field: string; before: Json | undefined; after: Json | undefined }
export type NodeChange = { id: string; name: string; mark: Mark; fields: readonly FieldChange[] }

export type GraphComparison = {
  /** Both graphs in one drawing: the newer one, and what is gone from the older one. */
  graph: Graph
  /** By node; one that only stands elsewhere has none. */
  marks: ReadonlyMap<string, Mark>
  /** By `edgeId`. */
  wires: ReadonlyMap<string, Exclude<Mark, 'changed'>>
  nodes: readonly NodeChange[]
  edges: { added: readonly GraphEdge[]; removed: readonly GraphEdge[] }
  /** How many nodes only stand elsewhere on the canvas. */
  moved: number
  properties: readonly FieldChange[]
  isReordered: boolean
}

export function compareGraphs(before: Graph, after: Graph): GraphComparison {
  const diff = diffGraphs(before, after)
  const old = byId(before)
  const now = byId(after)
  const gone = diff.removed.flatMap((id) => old.get(id) ?? [])
  const told = diff.changed.filter(({ fields }) => !isPlaceOnly(fields))
  const changes: NodeChange[] = [
    ...diff.added.map((id) => ({ id, name: nameIn(now, id), mark: 'added' as const, fields: [] })),
    ...gone.map((node) => ({ id: node.id, name: nameOf(node), mark: 'removed' as const, fields: [] })),
    ...told.map(({ id, fields }) => ({
      id,
      name: nameIn(now, id),
      mark: 'changed' as const,
      fields: fields
        .filter((field) => !isPlaceOnly([field]))
        .map((field) => ({ field, before: valueAt(old.get(id), field), after: valueAt(now.get(id), field) })),
    })),
  ]
  return {
    graph: { ...after, nodes: [...after.nodes, ...gone], edges: [...after.edges, ...diff.edges.removed] },
    marks: new Map(changes.map(({ id, mark }) => [id, mark])),
    wires: new Map([
      ...diff.edges.added.map((edge) => [edgeId(edge), 'added'] as const),
      ...diff.edges.removed.map((edge) => [edgeId(edge), 'removed'] as const),
    ]),
    nodes: changes,
    edges: diff.edges,
    moved: diff.changed.length - told.length,
    properties: diff.properties
      .filter((field) => field !== 'order')
      .map((field) => ({ field, before: at(before, field), after: at(after, field) })),
    isReordered: diff.properties.includes('order'),
  }
}

/** Is there anything to tell at all? */
export const isSameGraph = ({ nodes, edges, moved, properties, isReordered }: GraphComparison): boolean =>
  nodes.length + edges.added.length + edges.removed.length + moved + properties.length === 0 && !isReordered

const byId = ({ nodes }: Graph): ReadonlyMap<string, GraphNode> => new Map(nodes.map((node) => [node.id, node]))

function nameIn(nodes: ReadonlyMap<string, GraphNode>, id: string): string {
  const node = nodes.get(id)
  return node === undefined ? id : nameOf(node)
}

/** Where a node stands changes nothing of what it does. */
const isPlaceOnly = (fields: readonly string[]): boolean =>
  fields.every((field) => field === 'position' || field === 'size')

const inConfig = 'config.'
const at = (object: object, key: string): Json | undefined => own(object as { [key: string]: Json }, key)

function valueAt(node: GraphNode | undefined, field: string): Json | undefined {
  if (node === undefined) return undefined
  return field.startsWith(inConfig) ? at(node.config, field.slice(inConfig.length)) : at(node, field)
}

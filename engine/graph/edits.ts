import { z } from 'zod'
import { type Graph, GraphEdge, GraphNode, NodeId, Point, Retry, Role, Size, TemplateInfo } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'
import { Budget } from '@/engine/run/budget'

const place = z.int().min(0)

/** Left out: stays as it is. Null: is taken away. */
const NodeOptions = z.strictObject({
  name: z.string().max(200).nullable().optional(),
  size: Size.nullable().optional(),
  retry: Retry.nullable().optional(),
  timeoutSeconds: z.number().positive().max(86_400).nullable().optional(),
  onError: z.enum(['fail', 'continue', 'branch']).nullable().optional(),
  onDoubt: z.enum(['retry', 'ask']).nullable().optional(),
})

const GraphProperties = z.strictObject({
  name: z.string().max(200).optional(),
  description: z.string().max(20_000).nullable().optional(),
  template: TemplateInfo.nullable().optional(),
  roles: z.record(NodeId, Role).nullable().optional(),
  budget: Budget.nullable().optional(),
})

/** What has a place (`at`) was there before and is put back just so: that is how undo works. */
const Add = z.strictObject({
  type: z.literal('add'),
  nodes: z.array(z.strictObject({ node: GraphNode, at: place.optional() })),
  edges: z.array(z.strictObject({ edge: GraphEdge, at: place.optional() })).default([]),
})

const Configure = z.strictObject({
  type: z.literal('configure'),
  node: NodeId,
  /** Keys and indexes below `config`; empty for all of it. */
  path: z.array(z.union([z.string(), place])).max(60),
  /** Left out: what is there is taken away. */
  value: (z.unknown() as z.ZodType<Json>).optional(),
})

export const SingleEdit = z.discriminatedUnion('type', [
  Add,
  Configure,
  z.strictObject({ type: z.literal('remove'), nodes: z.array(NodeId) }),
  z.strictObject({ type: z.literal('move'), positions: z.record(NodeId, Point.nullable()) }),
  z.strictObject({ type: z.literal('reparent'), nodes: z.array(NodeId), parent: NodeId.nullable() }),
  z.strictObject({ type: z.literal('reorder'), node: NodeId, at: place }),
  z.strictObject({ type: z.literal('set'), node: NodeId, options: NodeOptions }),
  z.strictObject({ type: z.literal('set_graph'), properties: GraphProperties }),
  z.strictObject({ type: z.literal('connect'), edge: GraphEdge }),
  z.strictObject({ type: z.literal('disconnect'), edge: GraphEdge }),
])

/** The small operations that every change to a graph is made of. A batch happens as a whole or not at all. */
export const Edit = z.union([SingleEdit, z.strictObject({ type: z.literal('batch'), edits: z.array(SingleEdit) })])

export type SingleEdit = z.infer<typeof SingleEdit>
export type Edit = z.infer<typeof Edit>
export type EditOf<T extends SingleEdit['type']> = Extract<SingleEdit, { type: T }>

/** Either the graph after the edit, with what undoes it, or a sentence that says why it can't be done. */
export type Edited = { graph: Graph; inverse: Edit } | { refused: string }

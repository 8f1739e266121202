import { z } from 'zod'
import type { JsonObject } from '../json'
import { Budget } from '../run/budget'

export const idPattern = /^[a-z][a-z0-9_]{0,39}$/
export const NodeId = z
  .string()
  .regex(idPattern, 'must start with a small letter and hold only small letters, digits and _, at most 40')

const text = (max: number) => z.string().max(max)
/** That the values are JSON is checked before, without recursion (check-json.ts): z.json() is recursive and 20 times slower. */
const jsonObject = z.record(z.string(), z.unknown()) as unknown as z.ZodType<JsonObject>

export const Retry = z.strictObject({
  /** Extra attempts after the first. */
  max: z.int().min(0).max(20),
  delayMs: z.int().min(0).max(3_600_000).optional(),
  backoff: z.enum(['fixed', 'exponential']).optional(),
})

export const Point = z.strictObject({ x: z.number(), y: z.number() })
export const Size = z.strictObject({ width: z.number().positive(), height: z.number().positive() })

export const GraphNode = z.strictObject({
  id: NodeId,
  kind: z.string().max(60),
  name: text(200).optional(),
  position: Point.optional(),
  size: Size.optional(),
  parent: NodeId.optional(),
  config: jsonObject.default({}),
  retry: Retry.optional(),
  timeoutSeconds: z.number().positive().max(86_400).optional(),
  onError: z.enum(['fail', 'continue', 'branch']).optional(),
  onDoubt: z.enum(['retry', 'ask']).optional(),
})

export const GraphEdge = z.strictObject({ source: NodeId, sourcePort: text(60).optional(), target: NodeId })

export const Role = z.strictObject({
  persona: text(20_000).optional(),
  model: text(200).optional(),
  allowedTools: z.array(text(200)).max(100).optional(),
  forbiddenTopics: z.array(text(500)).max(100).optional(),
  requiredOutputs: z.array(text(500)).max(100).optional(),
})

export const TemplateInfo = z.strictObject({
  category: text(60).optional(),
  tags: z.array(text(60)).max(20).optional(),
  difficulty: z.enum(['easy', 'medium', 'advanced']).optional(),
  summary: text(2_000).optional(),
  estimatedCost: z.number().nonnegative().optional(),
  sampleInput: jsonObject.optional(),
})

/** The public file format. Inside a node, `config` is checked by its kind (see compile). */
export const Graph = z.strictObject({
  baton: z.literal(1),
  name: text(200),
  description: text(20_000).optional(),
  template: TemplateInfo.optional(),
  roles: z.record(NodeId, Role).optional(),
  budget: Budget.optional(),
  nodes: z.array(GraphNode).max(5_000),
  edges: z.array(GraphEdge).max(20_000),
})

export type Graph = z.infer<typeof Graph>
export type GraphNode = z.infer<typeof GraphNode>
export type GraphEdge = z.infer<typeof GraphEdge>
export type Retry = z.infer<typeof Retry>
export type Role = z.infer<typeof Role>

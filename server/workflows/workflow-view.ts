import { z } from 'zod'
import { orderKeys } from '@/engine/graph/order-keys'
import { Graph } from '@/engine/graph/schema'
import type { Pins } from '@/engine/plan/pins'
import type { Problem } from '@/engine/plan/plan'
import { specs } from '@/nodes/registry/specs'

export const ProblemView = z.object({
  code: z.string(),
  message: z.string().describe('Says how to mend it.'),
  severity: z.enum(['error', 'warning']).optional(),
  path: z.string().optional(),
  nodeId: z.string().optional(),
  field: z.string().optional(),
})

export const WorkflowView = z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string(),
  revision: z.int(),
  publishedVersion: z.int().nullable(),
  folderId: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type WorkflowView = z.infer<typeof WorkflowView>

export const PinsView = z.record(z.string(), z.unknown()) as unknown as z.ZodType<Pins>

export const WorkflowDetail = WorkflowView.extend({
  graph: Graph,
  pins: PinsView.describe('Outputs that runs of the draft take instead of running the node, by node.'),
  problems: z.array(ProblemView).describe('What keeps the draft from running.'),
})
export type WorkflowDetail = WorkflowView & { graph: Graph; pins: Pins; problems: readonly Problem[] }

export type WorkflowRow = {
  id: string
  name: string
  slug: string
  revision: number
  publishedVersion: number | null
  folderId: string | null
  createdAt: Date
  updatedAt: Date
}

export const rowFields = {
  id: true,
  name: true,
  slug: true,
  revision: true,
  publishedVersion: true,
  folderId: true,
  createdAt: true,
  updatedAt: true,
} as const

export const viewWorkflow = ({
  id,
  name,
  slug,
  revision,
  publishedVersion,
  folderId,
  createdAt,
  updatedAt,
}: WorkflowRow): WorkflowView => ({
  id,
  name,
  slug,
  revision,
  publishedVersion,
  folderId,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
})

/** The database forgets the order of keys; what leaves has the one of the format. */
export const graphOut = (graph: Graph): Graph => orderKeys(graph, specs) as unknown as Graph

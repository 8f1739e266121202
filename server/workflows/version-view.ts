import { z } from 'zod'
import { Graph } from '@/engine/graph/schema'

export const VersionView = z.object({
  workflowId: z.string(),
  version: z.int(),
  note: z.string().nullable(),
  graphHash: z.string(),
  createdAt: z.string(),
})
export type VersionView = z.infer<typeof VersionView>

export const VersionDetail = VersionView.extend({ graph: Graph })
export type VersionDetail = z.infer<typeof VersionDetail>

type Row = { workflowId: string; version: number; note: string | null; graphHash: string; createdAt: Date }

export const viewVersion = ({ workflowId, version, note, graphHash, createdAt }: Row): VersionView => ({
  workflowId,
  version,
  note,
  graphHash,
  createdAt: createdAt.toISOString(),
})

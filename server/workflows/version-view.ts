import { z } from 'zod'
import { Graph } from '@/engine/graph/schema'
import type { Prisma } from '@/server/db/prisma'

export const VersionView = z.object({
  workflowId: z.string(),
  version: z.int(),
  note: z.string().nullable(),
  graphHash: z.string(),
  createdAt: z.string(),
  createdBy: z.string().nullable().describe('The name of the person who published it; null for a key.'),
})
export type VersionView = z.infer<typeof VersionView>

export const VersionDetail = VersionView.extend({ graph: Graph })
export type VersionDetail = z.infer<typeof VersionDetail>

type Row = {
  workflowId: string
  version: number
  note: string | null
  graphHash: string
  createdAt: Date
  createdBy: string | null
}

/** The names of those who published, by id. */
export type Names = ReadonlyMap<string, string>

export async function publisherNames(db: Prisma, rows: readonly Row[]): Promise<Names> {
  const ids = [...new Set(rows.flatMap(({ createdBy }) => createdBy ?? []))]
  const users = ids.length === 0 ? [] : await db.user.findMany({ where: { id: { in: ids } } })
  return new Map(users.map(({ id, name }) => [id, name]))
}

export const viewVersion = (row: Row, names: Names): VersionView => ({
  workflowId: row.workflowId,
  version: row.version,
  note: row.note,
  graphHash: row.graphHash,
  createdAt: row.createdAt.toISOString(),
  createdBy: row.createdBy === null ? null : (names.get(row.createdBy) ?? null),
})

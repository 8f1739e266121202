import { z } from 'zod'
import { ShownOptions } from '@/engine/share/options'
import type { ShareRow } from '@/server/db/prisma'
import { hashToken } from '@/server/people/token'
import type { Deps } from '@/server/use-case'

/** What is shared, and how. */
export type Subject = {
  kind: 'run' | 'workflow'
  workspaceId: string
  runId: string | null
  graphHash: string
  options: ShownOptions
  sharedBy: string
}

export type OpenShare = Subject & { id: string; passwordHash: string | null; embedOrigins: readonly string[] }

const Origins = z.array(z.string())

export const originsOf = (stored: unknown): string[] => Origins.safeParse(stored).data ?? []

/** A link that still holds. One that ended is like one that never was: here is the only place where that is looked at. */
export async function findShare({ db }: Pick<Deps, 'db'>, token: string): Promise<OpenShare | null> {
  const now = new Date()
  const row = await db.share.findFirst({
    where: { tokenHash: hashToken(token), revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
  })
  return row && readShare(row)
}

/** A row that this version can't read shows nothing. */
function readShare(row: ShareRow): OpenShare | null {
  const options = ShownOptions.safeParse(row.options)
  if (!options.success) return null
  const { id, workspaceId, runId, graphHash, sharedBy, passwordHash } = row
  const kind = row.kind === 'workflow' ? 'workflow' : 'run'
  const embedOrigins = originsOf(row.embedOrigins)
  return { id, kind, workspaceId, runId, graphHash, sharedBy, passwordHash, embedOrigins, options: options.data }
}

/** Which of these have ended by now. */
export async function endedShares({ db }: Pick<Deps, 'db'>, ids: readonly string[]): Promise<string[]> {
  const rows = await db.share.findMany({
    where: { id: { in: [...ids] }, OR: [{ revokedAt: { not: null } }, { expiresAt: { lte: new Date() } }] },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

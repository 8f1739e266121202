import { randomUUID } from 'node:crypto'
import type { Prisma } from '@/server/db/prisma'

export type Place = { workspaceId: string; userId: string }

/** The owner and the workspace of a fresh installation; later the oldest ones. Several processes may start at once. */
export async function ensureFirstWorkspace(db: Prisma): Promise<Place> {
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('baton first workspace'))`
    const owner = await tx.member.findFirst({ where: { role: 'owner' }, orderBy: { createdAt: 'asc' } })
    if (owner) return { workspaceId: owner.workspaceId, userId: owner.userId }
    const user = await tx.user.create({ data: { id: randomUUID(), name: 'Owner' } })
    const workspace = await tx.workspace.create({ data: { id: randomUUID(), name: 'Default', slug: 'default' } })
    await tx.member.create({ data: { workspaceId: workspace.id, userId: user.id, role: 'owner' } })
    return { workspaceId: workspace.id, userId: user.id }
  })
}

import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Prisma } from '@/server/db/prisma'
import { type MemberRole, roles } from '@/server/people/actor'
import { KeyView, viewKey } from '@/server/people/key-view'
import { atLeast } from '@/server/people/role'
import { hashToken, newToken } from '@/server/people/token'
import { done, refuse } from '@/server/refusal'
import { forRole } from '@/server/use-case'

export const CreateKey = z.strictObject({
  name: z.string().trim().min(1).max(100),
  role: z.enum(roles).default('editor').describe('What the key may do; at most what its maker may.'),
})

export const NewKey = KeyView.extend({ key: z.string().describe('Shown this once.') })
export type NewKey = z.infer<typeof NewKey>

export const createKey = forRole('admin', async ({ db }, actor, { name, role }: z.infer<typeof CreateKey>) => {
  if (!atLeast(actor.role, role))
    return refuse('forbidden', `A key can't have the role ${role}: yours is ${actor.role}.`)
  return done(await addKey(db, { workspaceId: actor.workspaceId, createdBy: actor.userId, name, role }))
})

type KeyData = { workspaceId: string; createdBy: string | null; name: string; role: MemberRole; revokedAt?: Date }

/** Without a gate, for the CLI beside the database. */
export async function addKey(db: Prisma, data: KeyData): Promise<NewKey> {
  const key = `baton_${newToken(32)}`
  const row = await db.apiKey.create({
    data: { ...data, id: randomUUID(), prefix: key.slice(0, 12), keyHash: hashToken(key) },
  })
  return { ...viewKey(row), key }
}

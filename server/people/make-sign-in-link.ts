import type { Prisma } from '@/server/db/prisma'
import type { Place } from '@/server/people/ensure-first-workspace'
import { hashToken, newToken } from '@/server/people/token'

export const linkMinutes = 15

/** Returns the token; only its hash is kept. For the boot and the CLI: whoever can do this has the database anyway. */
export async function makeSignInLink(db: Prisma, { workspaceId, userId }: Place): Promise<string> {
  const token = newToken(16)
  const expiresAt = new Date(Date.now() + linkMinutes * 60_000)
  await db.signInLink.deleteMany({ where: { expiresAt: { lt: new Date(Date.now() - 86_400_000) } } })
  await db.signInLink.create({ data: { tokenHash: hashToken(token), workspaceId, userId, expiresAt } })
  return token
}

export const signInPath = '/sign-in'

export const signInUrl = (address: string, token: string): string =>
  new URL(`${signInPath}?token=${token}`, address).href

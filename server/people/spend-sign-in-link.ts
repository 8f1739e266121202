import { sessionDays } from '@/server/people/session-cookie'
import { hashToken, newToken } from '@/server/people/token'
import type { Deps } from '@/server/use-case'

/** Turns a link into a session, once. Null: spent, too old, or never given out. */
export async function spendSignInLink({ db }: Pick<Deps, 'db'>, token: string): Promise<string | null> {
  const tokenHash = hashToken(token)
  const now = new Date()
  const spent = await db.signInLink.updateMany({
    where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  })
  if (spent.count === 0) return null
  const { userId, workspaceId } = await db.signInLink.findUniqueOrThrow({ where: { tokenHash } })
  const session = newToken(32)
  const expiresAt = new Date(now.getTime() + sessionDays * 86_400_000)
  await db.session.deleteMany({ where: { expiresAt: { lt: now } } })
  await db.session.create({ data: { tokenHash: hashToken(session), userId, workspaceId, expiresAt } })
  return session
}

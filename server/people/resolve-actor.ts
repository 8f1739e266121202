import { isAccepted } from '@/server/people/accepted-key'
import type { Actor } from '@/server/people/actor'
import { readRole } from '@/server/people/role'
import { cookieNamed, sessionCookie } from '@/server/people/session-cookie'
import { hashToken } from '@/server/people/token'
import type { Deps } from '@/server/use-case'

export type Credentials = { authorization?: string | undefined; cookie?: string | undefined }

/** `via` matters to the check of Origin: a browser sends cookies by itself, a key never. */
export type Identity = { actor: Actor; via: 'key' | 'session' }

type Tools = Pick<Deps, 'db' | 'actors'>

/** Who asks. A header that names no valid key is refused, even beside a good cookie. */
export async function resolveActor(deps: Tools, { authorization, cookie }: Credentials): Promise<Identity | null> {
  if (authorization !== undefined) {
    const token = /^bearer +(baton_[\w-]{20,100})$/i.exec(authorization)?.[1]
    const actor = token === undefined ? null : await keyActor(deps, token)
    return actor && { actor, via: 'key' }
  }
  const token = cookieNamed(cookie, sessionCookie)
  const actor = token === null ? null : await sessionActor(deps, token)
  return actor && { actor, via: 'session' }
}

function keyActor(deps: Tools, token: string): Actor | null | Promise<Actor | null> {
  const keyHash = hashToken(token)
  return deps.actors.get(keyHash, async () => {
    const key = await deps.db.apiKey.findUnique({ where: { keyHash } })
    if (!key || !isAccepted(key)) return null
    await noteUse(deps, key)
    const { id, workspaceId, name } = key
    return { workspaceId, userId: null, keyId: id, name, role: readRole(key.role) }
  })
}

const useNotedEveryMs = 60_000

async function noteUse({ db }: Tools, key: { id: string; lastUsedAt: Date | null }): Promise<void> {
  const now = new Date()
  if (key.lastUsedAt !== null && now.getTime() - key.lastUsedAt.getTime() < useNotedEveryMs) return
  await db.apiKey.updateMany({ where: { id: key.id, lastUsedAt: key.lastUsedAt }, data: { lastUsedAt: now } })
}

function sessionActor(deps: Tools, token: string): Actor | null | Promise<Actor | null> {
  const tokenHash = hashToken(token)
  return deps.actors.get(tokenHash, async () => {
    const session = await deps.db.session.findUnique({ where: { tokenHash }, include: { user: true } })
    if (!session || session.expiresAt.getTime() <= Date.now()) return null
    const { userId, workspaceId, user } = session
    const member = await deps.db.member.findUnique({ where: { workspaceId_userId: { workspaceId, userId } } })
    return member && { workspaceId, userId, keyId: null, name: user.name, role: readRole(member.role) }
  })
}

import { z } from 'zod'
import { acceptedNow } from '@/server/people/accepted-key'
import { done, notFound } from '@/server/refusal'
import { forRole } from '@/server/use-case'
import { isUuid } from '@/server/uuid'

export const RevokeKey = z.strictObject({ id: z.string() })

export const revokeKey = forRole(
  'admin',
  async ({ db, actors }, { workspaceId }, { id }: z.infer<typeof RevokeKey>) => {
    if (!isUuid(id)) return notFound('key')
    const revoked = await db.apiKey.updateMany({
      where: { id, workspaceId, ...acceptedNow() },
      data: { revokedAt: new Date() },
    })
    if (revoked.count === 0) return notFound('key')
    actors.clear()
    return done(null)
  },
)

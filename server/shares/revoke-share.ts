import { z } from 'zod'
import { done, notFound } from '@/server/refusal'
import { forRole } from '@/server/use-case'
import { isUuid } from '@/server/uuid'

export const RevokeShare = z.strictObject({ id: z.string() })

/** Ends a link for good. Whoever looks at it is told at once here, and by other processes within half a second. */
export const revokeShare = forRole(
  'editor',
  async ({ db, shares }, { workspaceId }, { id }: z.infer<typeof RevokeShare>) => {
    if (!isUuid(id)) return notFound('share link')
    const revoked = await db.share.updateMany({
      where: { id, workspaceId, revokedAt: null },
      data: { revokedAt: new Date() },
    })
    if (revoked.count === 0) return notFound('share link')
    shares.ended(id)
    return done(null)
  },
)

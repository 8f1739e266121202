import { z } from 'zod'
import { done, notFound } from '@/server/refusal'
import { forRole } from '@/server/use-case'

export const DeleteSecret = z.strictObject({ name: z.string() })

export const deleteSecret = forRole(
  'admin',
  async ({ db }, { workspaceId }, { name }: z.infer<typeof DeleteSecret>) => {
    const { count } = await db.secret.deleteMany({ where: { workspaceId, name } })
    return count === 0 ? notFound('secret') : done(null)
  },
)

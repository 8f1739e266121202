import { z } from 'zod'
import { done, notFound } from '@/server/refusal'
import { forRole } from '@/server/use-case'
import { isUuid } from '@/server/uuid'

export const DeleteConnection = z.strictObject({ id: z.string() })

export const deleteConnection = forRole(
  'admin',
  async ({ db, forgetModels }, { workspaceId }, { id }: z.infer<typeof DeleteConnection>) => {
    const { count } = isUuid(id) ? await db.connection.deleteMany({ where: { id, workspaceId } }) : { count: 0 }
    forgetModels(workspaceId)
    return count === 0 ? notFound('connection') : done(null)
  },
)

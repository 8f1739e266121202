import { z } from 'zod'
import { folderId } from '@/server/folders/folder-view'
import { done, notFound } from '@/server/refusal'
import { forRole } from '@/server/use-case'
import { isUuid } from '@/server/uuid'

export const DeleteFolder = z.strictObject({ id: folderId })

/** What was in it is in no folder then. */
export const deleteFolder = forRole('editor', async ({ db }, { workspaceId }, { id }: z.infer<typeof DeleteFolder>) => {
  const { count } = isUuid(id) ? await db.folder.deleteMany({ where: { id, workspaceId } }) : { count: 0 }
  return count === 0 ? notFound('folder') : done(null)
})

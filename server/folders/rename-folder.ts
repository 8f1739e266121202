import { z } from 'zod'
import { isTaken } from '@/server/db/is-taken'
import { nameTaken } from '@/server/folders/create-folder'
import { folderFields, folderId, folderName, viewFolder } from '@/server/folders/folder-view'
import { done, notFound } from '@/server/refusal'
import { forRole } from '@/server/use-case'
import { isUuid } from '@/server/uuid'

export const RenameFolder = z.strictObject({ id: folderId, name: folderName })

export const renameFolder = forRole(
  'editor',
  async ({ db }, { workspaceId }, { id, name }: z.infer<typeof RenameFolder>) => {
    if (!isUuid(id)) return notFound('folder')
    try {
      const { count } = await db.folder.updateMany({ where: { id, workspaceId }, data: { name } })
      const row = count === 0 ? null : await db.folder.findFirst({ where: { id, workspaceId }, select: folderFields })
      return row ? done(viewFolder(row)) : notFound('folder')
    } catch (error) {
      if (!isTaken(error)) throw error
      return nameTaken(name)
    }
  },
)

import { z } from 'zod'
import { FolderView, folderFields, viewFolder } from '@/server/folders/folder-view'
import { done } from '@/server/refusal'
import { forRole } from '@/server/use-case'

export const ListFolders = z.strictObject({})
export const FolderList = z.object({
  items: z.array(FolderView),
  withoutFolder: z.int().describe('Workflows that are in none.'),
  nextCursor: z.null(),
})

/** More than anybody keeps apart; a list without pages has to end somewhere. */
const most = 1_000

export const listFolders = forRole('viewer', async ({ db }, { workspaceId }, _: z.infer<typeof ListFolders>) => {
  const [rows, withoutFolder] = await Promise.all([
    db.folder.findMany({ where: { workspaceId }, select: folderFields, orderBy: { name: 'asc' }, take: most }),
    db.workflow.count({ where: { workspaceId, deletedAt: null, folderId: null } }),
  ])
  return done({ items: rows.map(viewFolder), withoutFolder, nextCursor: null })
})

import { z } from 'zod'

export const FolderView = z.object({
  id: z.string(),
  name: z.string(),
  workflows: z.int().describe('How many are in it.'),
  createdAt: z.string(),
})
export type FolderView = z.infer<typeof FolderView>

export const folderName = z.string().trim().min(1).max(100)
export const folderId = z.string().max(100).describe('Id of the folder.')

export const folderFields = {
  id: true,
  name: true,
  createdAt: true,
  _count: { select: { workflows: { where: { deletedAt: null } } } },
} as const

type Row = { id: string; name: string; createdAt: Date; _count: { workflows: number } }

export const viewFolder = ({ id, name, createdAt, _count }: Row): FolderView => ({
  id,
  name,
  workflows: _count.workflows,
  createdAt: createdAt.toISOString(),
})

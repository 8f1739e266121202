import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { isTaken } from '@/server/db/is-taken'
import { folderFields, folderName, viewFolder } from '@/server/folders/folder-view'
import { done, refuse } from '@/server/refusal'
import { forRole } from '@/server/use-case'

export const CreateFolder = z.strictObject({ name: folderName })

export const createFolder = forRole(
  'editor',
  async ({ db }, { workspaceId }, { name }: z.infer<typeof CreateFolder>) => {
    try {
      return done(
        viewFolder(await db.folder.create({ data: { id: randomUUID(), workspaceId, name }, select: folderFields })),
      )
    } catch (error) {
      if (!isTaken(error)) throw error
      return nameTaken(name)
    }
  },
)

export const nameTaken = (name: string) => refuse('name_taken', `There is a folder called ${name} already.`)

import { z } from 'zod'
import { done, notFound } from '@/server/refusal'
import { forRole } from '@/server/use-case'
import { isUuid } from '@/server/uuid'

export const GetFile = z.strictObject({ id: z.string() })
export type FileContent = { name: string; type: string; bytes: Uint8Array }

export const getFile = forRole('viewer', async ({ db }, { workspaceId }, { id }: z.infer<typeof GetFile>) => {
  const row = isUuid(id) ? await db.file.findFirst({ where: { id, workspaceId } }) : null
  return row ? done<FileContent>({ name: row.name, type: row.type, bytes: row.body }) : notFound('file')
})

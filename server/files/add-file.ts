import { hash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { done } from '@/server/refusal'
import { forRole } from '@/server/use-case'

/** The value of an input field of type `file`. */
export const FileValue = z.object({ file: z.string(), name: z.string(), type: z.string(), size: z.int() })
export type FileValue = z.infer<typeof FileValue>

export type NewFile = { name: string; type: string; bytes: Uint8Array<ArrayBuffer> }

const mediaType = /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/
const unknownType = 'application/octet-stream'

export const addFile = forRole('operator', async ({ db }, { workspaceId, userId }, { name, type, bytes }: NewFile) => {
  const plainType = type.split(';')[0]?.trim().toLowerCase() ?? ''
  const row = await db.file.create({
    data: {
      id: randomUUID(),
      workspaceId,
      name: plainName(name),
      type: mediaType.test(plainType) ? plainType : unknownType,
      size: bytes.byteLength,
      hash: hash('sha256', bytes, 'hex'),
      body: bytes,
      createdBy: userId,
    },
  })
  return done<FileValue>({ file: row.id, name: row.name, type: row.type, size: row.size })
})

/** A name, never a path, and nothing that a header or a terminal would take for more than text. */
function plainName(name: string): string {
  const last = name.toWellFormed().split(/[/\\]/).at(-1) ?? ''
  const clean = last.replaceAll(/\p{C}/gu, '').trim().slice(0, 200)
  return clean === '' || /^\.+$/.test(clean) ? 'file' : clean
}

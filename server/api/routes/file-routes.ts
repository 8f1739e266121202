import { z } from 'zod'
import { receiveFile } from '@/server/api/http/receive-file'
import { rawRoute, route } from '@/server/api/http/route'
import { FileValue } from '@/server/files/add-file'
import { type FileContent, GetFile, getFile } from '@/server/files/get-file'

/** Never shown by the browser as a page of ours, whatever it says of itself. */
const download = ({ name, type, bytes }: FileContent) => ({
  status: 200,
  type,
  content: bytes,
  headers: {
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`,
    'content-security-policy': "default-src 'none'; sandbox",
  },
})

export const fileRoutes = [
  rawRoute({
    method: 'POST',
    path: '/files',
    tag: 'Files',
    summary: 'Stores a file for an input field: the bytes as body and `?name=`, or multipart/form-data with one file.',
    input: z.strictObject({ name: z.string().max(500).optional() }),
    body: { media: 'application/octet-stream', description: 'The bytes.' },
    run: receiveFile,
    answers: { 201: { description: 'The value for the field.', schema: FileValue } },
  }),
  route({
    method: 'GET',
    path: '/files/{id}',
    tag: 'Files',
    summary: 'A stored file.',
    input: GetFile,
    use: getFile,
    reply: download,
    answers: { 200: { description: 'The bytes.', media: 'application/octet-stream' } },
  }),
]

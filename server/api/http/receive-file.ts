import { send, sendProblem } from '@/server/api/http/answer'
import { EdgeError, problemOfRefusal } from '@/server/api/http/problem'
import { readBody } from '@/server/api/http/read-body'
import type { Exchange } from '@/server/api/http/route'
import { addFile, type NewFile } from '@/server/files/add-file'
import type { Deps } from '@/server/use-case'

export async function receiveFile(deps: Deps, { request, response, actor, input }: Exchange): Promise<void> {
  const { name } = input as { name?: string }
  const type = request.headers['content-type'] ?? 'application/octet-stream'
  const bytes = new Uint8Array(await readBody(request))
  const file = /^multipart\/form-data\b/i.test(type)
    ? await fromForm(bytes, type)
    : { name: name ?? 'file', type, bytes }
  const outcome = await addFile(deps, actor, file)
  if (outcome.ok) send(response, { status: 201, body: outcome.value })
  else sendProblem(response, problemOfRefusal(outcome))
}

/** Some forms send a few fields along with the file. The parser of the platform takes its time for each of them. */
const mostParts = 20

/** The form is read by the parser of the platform; its size is bounded by the body's. */
async function fromForm(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<NewFile> {
  if (hasManyParts(bytes, type)) {
    const message = `A form has at most ${mostParts} parts.`
    throw new EdgeError('invalid_input', message, { problems: [{ code: 'too_many_parts', message }] })
  }
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => null)
  const files = [...(form?.values() ?? [])].filter((value) => typeof value !== 'string')
  const [file] = files
  if (!file || files.length > 1) {
    throw new EdgeError('invalid_input', 'The form must hold exactly one file.', {
      problems: [{ code: 'wrong_value', message: 'The form must hold exactly one file.' }],
    })
  }
  return { name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) }
}

/** Counts the lines between the parts, and stops counting when there are too many. */
function hasManyParts(bytes: Uint8Array<ArrayBuffer>, type: string): boolean {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(type) ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined) return false
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const line = Buffer.from(`--${boundary}`, 'latin1')
  let found = 0
  // The last line ends the form and begins no part.
  for (let at = text.indexOf(line); at >= 0 && found <= mostParts + 1; at = text.indexOf(line, at + line.length))
    found += 1
  return found > mostParts + 1
}

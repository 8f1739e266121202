import { z } from 'zod'

export const StoredFile = z.object({ file: z.string(), name: z.string(), type: z.string(), size: z.number() })
export type StoredFile = z.infer<typeof StoredFile>

const Refused = z.object({ detail: z.string() })

/** Sends a file as it is; throws with a sentence for the person when it was not taken. */
export async function uploadFile(file: File): Promise<StoredFile> {
  const answer = await fetch(`/api/v1/files?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { 'content-type': file.type || 'application/octet-stream' },
    body: file,
  })
  const body: unknown = await answer.json().catch(() => null)
  if (answer.ok) return StoredFile.parse(body)
  throw new Error(Refused.safeParse(body).data?.detail ?? `The file could not be sent (${answer.status}).`)
}

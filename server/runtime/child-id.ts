import { createHash } from 'node:crypto'

/** The id of a child run derives from the step that starts it, so that starting it twice is starting it once. */
export function childIdOf(runId: string, path: string, step: string): string {
  return idOf(`${runId}:${path}:${step}`)
}

/** The same id for the same text, everywhere and for ever. */
export function idOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80 // version 8: made up by us
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

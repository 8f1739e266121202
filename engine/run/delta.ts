import type { PathKey } from '../path'

/** A piece of a model's words on their way: volatile, never in the log. `offset` counts characters within the attempt. */
export type Delta = { path: PathKey; step: string; attempt: number; offset: number; text: string }

/** What has been heard of one attempt so far. `from` is above 0 when its beginning was missed. */
export type Stream = { path: PathKey; step: string; attempt: number; from: number; text: string }

export const streamKey = ({ path, step }: { path: PathKey; step: string }): string => `${path}:${step}`

export const streamEnd = (stream: Stream): number => stream.from + stream.text.length

/** Another attempt starts over; an older one is ignored; what was heard before is not repeated; a hole starts anew. */
export function hearDelta(stream: Stream | undefined, delta: Delta): Stream {
  const { path, step, attempt, offset, text } = delta
  const fresh = { path, step, attempt, from: offset, text }
  if (!stream || attempt > stream.attempt) return fresh
  if (attempt < stream.attempt) return stream
  const known = streamEnd(stream) - offset
  if (known < 0) return fresh
  if (known >= text.length) return stream
  return { ...stream, text: stream.text + text.slice(known) }
}

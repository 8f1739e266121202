import type { PathKey } from '../path'
import type { RunEvent } from './events'

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

/** A recorded step needs no preview of its words any more, nor does a node that left its attempt, nor a run that is over. */
export function endsStream(event: RunEvent, { path, step }: Stream): boolean {
  switch (event.type) {
    case 'run.completed':
    case 'run.failed':
    case 'run.cancelled':
      return true
    case 'step.completed':
    case 'step.failed':
      return event.path === path && event.step === step
    case 'node.completed':
    case 'node.failed':
    case 'node.retrying':
    case 'node.cancelled':
      return event.path === path
    default:
      return false
  }
}

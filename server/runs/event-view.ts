import { z } from 'zod'
import type { RunEvent } from '@/engine/run/events'
import { toWire, type WireEvent } from '@/engine/run/wire'
import { isoTime } from '@/server/runs/run-view'

/** Values are refs (`hash`, `size`, `preview`); times are ISO text here, where sockets carry plain milliseconds. */
export const EventView = z.looseObject({ seq: z.int(), at: z.string(), type: z.string() })
export type EventView = { seq: number; at: string; type: WireEvent['type'] } & { [key: string]: unknown }

export const EventPage = z.object({
  events: z.array(EventView),
  next: z.int().nullable().describe('Pass it on as `after`; null when the run is over and this was its last event.'),
})

export function viewEvent(event: RunEvent): EventView {
  const wire = toWire(event)
  return { ...wire, ...timesOf(wire), at: isoTime(wire.at) }
}

function timesOf(event: WireEvent): { [key: string]: unknown } {
  if (event.type === 'node.retrying') return { retryAt: isoTime(event.retryAt) }
  if (event.type === 'step.completed' || event.type === 'step.failed') return { startedAt: isoTime(event.startedAt) }
  if (event.type !== 'node.waiting') return {}
  const { waiting } = event
  if (waiting.reason === 'timer') return { waiting: { ...waiting, until: isoTime(waiting.until) } }
  if (waiting.reason !== 'approval' || waiting.deadline === undefined) return {}
  return { waiting: { ...waiting, deadline: isoTime(waiting.deadline) } }
}

import { z } from 'zod'
import { done, notFound } from '@/server/refusal'
import { viewEvent } from '@/server/runs/event-view'
import { findRun, isOverText } from '@/server/runs/find-run'
import { runId } from '@/server/runs/get-run'
import { readEvents } from '@/server/runs/read-events'
import { forRole } from '@/server/use-case'

export const eventPageSize = 1_000
export const afterSeq = z.coerce.number<number | string>().int().min(0).max(2_147_483_647).default(0)
export const ListEvents = z.strictObject({ id: runId, after: afterSeq.describe('Exclusive.') })

export const listEvents = forRole('viewer', async (deps, actor, { id, after }: z.infer<typeof ListEvents>) => {
  const run = await findRun(deps, actor, id)
  if (!run) return notFound('run')
  const events = await readEvents(deps, id, after, eventPageSize)
  // The status was read before the events: what it calls over has its last event in the log.
  const isLast = events.length < eventPageSize && isOverText(run.status)
  return done({ events: events.map(viewEvent), next: isLast ? null : (events.at(-1)?.seq ?? after) })
})

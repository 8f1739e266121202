import { z } from 'zod'
import { selectDead } from '@/server/db/sql/causes'
import { cause } from '@/server/dead-letters/get-dead-letter'
import type { Actor } from '@/server/people/actor'
import { byOf } from '@/server/people/by'
import { done, notFound } from '@/server/refusal'
import { sendCommand } from '@/server/runs/send-command'
import { type Deps, forRole } from '@/server/use-case'
import { isUuid } from '@/server/uuid'

export const RetryDeadLetter = z.strictObject({
  cause,
  limit: z.int().min(1).max(200).default(50).describe('At most so many runs in one go.'),
  after: z.string().max(100).optional().describe('`next` of the go before: no run is tried twice.'),
})

export const Retried = z.object({
  sent: z.int().describe('Runs that go on.'),
  refused: z.array(z.object({ runId: z.string(), code: z.string(), detail: z.string() })),
  next: z.string().nullable().describe('Pass it on as `after`; null when there is none left.'),
})
export type Retried = z.infer<typeof Retried>

/** Commands of one go that are on their way to the database at a time. */
const lanes = 4

/** Sends the runs of a cause on their way again: failed ones are retried, stuck ones resumed. */
export const retryDeadLetter = forRole('operator', async (deps, actor, input: z.infer<typeof RetryDeadLetter>) => {
  const { limit, after = null } = input
  if (!isUuid(input.cause) || (after !== null && !isUuid(after))) return notFound('cause')
  const rows = await selectDead(deps.db, actor.workspaceId, { cause: input.cause, after, limit: limit + 1 })
  if (rows.length === 0 && after === null) return notFound('cause')
  const batch = rows.slice(0, limit)
  const refused: Retried['refused'] = []
  const left = [...batch]
  const work = async () => {
    for (let row = left.shift(); row; row = left.shift()) {
      const answer = await sendOne(deps, actor, row)
      if (!answer.ok) refused.push({ runId: row.id, code: answer.code, detail: answer.detail })
    }
  }
  await Promise.all(Array.from({ length: lanes }, work))
  return done<Retried>({
    sent: batch.length - refused.length,
    refused,
    next: rows.length > limit ? (batch.at(-1)?.id ?? null) : null,
  })
})

const sendOne = (deps: Deps, actor: Actor, { id, status }: { id: string; status: string }) =>
  sendCommand(deps, actor, id, { type: status === 'paused' ? 'resume' : 'retry', by: byOf(actor) })

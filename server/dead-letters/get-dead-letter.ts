import { z } from 'zod'
import { type CauseRow, selectCauses } from '@/server/db/sql/causes'
import { viewDeadLetters } from '@/server/dead-letters/dead-letter-view'
import type { Actor } from '@/server/people/actor'
import { done, notFound } from '@/server/refusal'
import { type Deps, forRole } from '@/server/use-case'
import { isUuid } from '@/server/uuid'

export const cause = z.string().max(100).describe('Id of the cause.')
export const GetDeadLetter = z.strictObject({ cause })

export const getDeadLetter = forRole('viewer', async (deps, actor, input: z.infer<typeof GetDeadLetter>) => {
  const row = await findCause(deps, actor, input.cause)
  const [view] = row ? await viewDeadLetters(deps, actor.workspaceId, [row]) : []
  return view ? done(view) : notFound('cause')
})

/** Null when no run of the workspace has this cause, or none any more. */
export async function findCause(
  { db }: Pick<Deps, 'db'>,
  { workspaceId }: Actor,
  id: string,
): Promise<CauseRow | null> {
  if (!isUuid(id)) return null
  const [row] = await selectCauses(db, workspaceId, { cause: id, limit: 1 })
  return row ?? null
}

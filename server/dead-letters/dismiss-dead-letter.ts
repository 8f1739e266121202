import { z } from 'zod'
import { forgetCause } from '@/server/db/sql/causes'
import { findCause, GetDeadLetter } from '@/server/dead-letters/get-dead-letter'
import { done, notFound, refuse } from '@/server/refusal'
import { forRole } from '@/server/use-case'

export const DismissDeadLetter = GetDeadLetter
export const Dismissed = z.object({ dismissed: z.int() })

/** Takes failed runs off the list. They stay as they are and can be retried one by one; a stuck run stays on it. */
export const dismissDeadLetter = forRole(
  'operator',
  async (deps, actor, { cause }: z.infer<typeof DismissDeadLetter>) => {
    const row = await findCause(deps, actor, cause)
    if (!row) return notFound('cause')
    if (row.status !== 'failed') {
      return refuse('wrong_state', 'These runs are not over. Resume them, or cancel them one by one.')
    }
    return done({ dismissed: await forgetCause(deps.db, actor.workspaceId, cause) })
  },
)

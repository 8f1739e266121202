import { z } from 'zod'
import { pageOf, paging, readCursor } from '@/server/cursor'
import { selectCauses } from '@/server/db/sql/causes'
import { DeadLetterView, viewDeadLetters } from '@/server/dead-letters/dead-letter-view'
import { done } from '@/server/refusal'
import { forRole } from '@/server/use-case'

export const ListDeadLetters = z.strictObject(paging)
export const DeadLetterList = z.object({ items: z.array(DeadLetterView), nextCursor: z.string().nullable() })

/** Runs that failed or got stuck, grouped by why, the cause that struck last first. */
export const listDeadLetters = forRole(
  'viewer',
  async (deps, { workspaceId }, { cursor, limit }: z.infer<typeof ListDeadLetters>) => {
    const after = cursor === undefined ? null : readCursor(cursor)
    const rows = await selectCauses(deps.db, workspaceId, { after, limit: limit + 1 })
    const { items, nextCursor } = pageOf(rows, limit, ({ last, cause }) => ({ at: last, id: cause }))
    return done({ items: await viewDeadLetters(deps, workspaceId, items), nextCursor })
  },
)

import { countDead } from '@/server/db/sql/causes'
import { countWaitingPlaces } from '@/server/db/sql/waiting-places'
import type { InboxCounts } from '@/server/live/protocol'
import type { Deps } from '@/server/use-case'

/** More is shown as "999+". */
const most = 1_000

/** What wants a person's attention. Who may look at the workspace is decided before. */
export async function countInbox({ db }: Pick<Deps, 'db'>, workspaceId: string): Promise<InboxCounts> {
  const [approvals, deadLetters] = await Promise.all([
    countWaitingPlaces(db, workspaceId, most),
    countDead(db, workspaceId, most),
  ])
  return { approvals, deadLetters }
}

import { isDeepStrictEqual } from 'node:util'
import type { LiveDeps } from './deps'
import type { InboxCounts } from './protocol'
import { keepRooms, type Rooms } from './rooms'

/** Tells everybody how much waits for a person: at once, and whenever it changes. */
export const watchInboxes = (countInbox: LiveDeps['countInbox'], everyMs: number): Rooms<InboxCounts> =>
  keepRooms({
    look: countInbox,
    everyMs,
    news: (before, now) => (isDeepStrictEqual(before, now) ? [] : [now]),
    greeting: (now) => [now],
  })

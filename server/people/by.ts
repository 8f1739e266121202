import type { By } from '@/engine/run/events'
import type { Actor } from '@/server/people/actor'

/** How an actor is named in a log. */
export const byOf = ({ keyId, userId, name }: Actor): By =>
  keyId === null
    ? { type: 'person', name, ...(userId === null ? {} : { id: userId }) }
    : { type: 'key', id: keyId, name }

import { type Cache, createCache } from '@/server/cache'
import type { Actor } from '@/server/people/actor'

/** Who stands behind a token. Short, because a key that another process revoked must stop within a second. */
export type ActorCache = Cache<Actor | null>

export const createActorCache = (): ActorCache => createCache({ max: 5_000, ttlMs: 900 })

import { type Cache, createCache } from '@/server/cache'
import type { Actor } from '@/server/people/actor'

/** Who stands behind a token. Short, because a key that another process revoked must stop within a second. */
export type ActorCache = Cache<Actor | null> & {
  /** Called when somebody lost a right in this process, so that open sockets are looked at again at once. */
  onLoss: (hear: () => void) => void
}

export function createActorCache(): ActorCache {
  const cache = createCache<Actor | null>({ max: 5_000, ttlMs: 900 })
  const hearers = new Set<() => void>()
  const tell = () => {
    for (const hear of hearers) hear()
  }
  return {
    get: cache.get,
    forget: (key) => {
      cache.forget(key)
      tell()
    },
    clear: () => {
      cache.clear()
      tell()
    },
    onLoss: (hear) => void hearers.add(hear),
  }
}

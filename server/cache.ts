/**
 * Remembers what was loaded for a short time. Whoever asks while it is being loaded waits for the same answer; what was
 * forgotten meanwhile is not remembered.
 */
export type Cache<V> = {
  get: (key: string, load: () => Promise<V>) => V | Promise<V>
  forget: (key: string) => void
  clear: () => void
}

type Entry<V> = { state: 'loading'; value: Promise<V> } | { state: 'known'; value: V; until: number; renewing: boolean }

export function createCache<V>({
  max,
  ttlMs,
  staleMs = 0,
  now = Date.now,
}: {
  max: number
  ttlMs: number
  /** So long after its time an answer still serves, while a new one is fetched behind it. */
  staleMs?: number
  now?: () => number
}): Cache<V> {
  const entries = new Map<string, Entry<V>>()

  const load = (key: string, loader: () => Promise<V>): Promise<V> => {
    const asked = now()
    const loading: Entry<V> = {
      state: 'loading',
      value: loader().then(
        (value) => {
          // Counted from when it was asked for: the answer may be as old as that.
          if (entries.get(key) === loading)
            entries.set(key, { state: 'known', value, until: asked + ttlMs, renewing: false })
          return value
        },
        (error: unknown) => {
          if (entries.get(key) === loading) entries.delete(key)
          throw error
        },
      ),
    }
    entries.delete(key)
    entries.set(key, loading)
    if (entries.size > max)
      for (const oldest of entries.keys()) {
        entries.delete(oldest)
        break
      }
    return loading.value
  }

  const renew = (key: string, stale: Extract<Entry<V>, { state: 'known' }>, loader: () => Promise<V>) => {
    stale.renewing = true
    const asked = now()
    loader().then(
      (value) => {
        if (entries.get(key) === stale)
          entries.set(key, { state: 'known', value, until: asked + ttlMs, renewing: false })
      },
      () => {
        // Whoever asks once it is too old hears of it.
        stale.renewing = false
      },
    )
  }

  return {
    get: (key, loader) => {
      const entry = entries.get(key)
      if (entry?.state === 'loading') return entry.value
      if (entry && entry.until > now()) return entry.value
      if (entry && entry.until + staleMs > now()) {
        if (!entry.renewing) renew(key, entry, loader)
        return entry.value
      }
      return load(key, loader)
    },
    forget: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  }
}

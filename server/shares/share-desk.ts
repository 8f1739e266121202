import { openFeed, type ShareFeed } from '@/server/shares/feed'
import type { OpenShare } from '@/server/shares/find-share'
import type { Deps } from '@/server/use-case'

/** What this process knows of share links while they are looked at. */
export type ShareDesk = {
  /** Where people reach this server, for the addresses of links. */
  origin: () => string
  reachedAt: (origin: string) => void
  feedOf: (deps: Deps, share: OpenShare) => Promise<ShareFeed | null>
  /** A link was ended here. */
  ended: (id: string) => void
  onEnd: (hear: (id: string) => void) => void
}

/** So long a projection serves everybody; then it is made anew, with the secrets of that time. */
const keptMs = 30_000
const mostKept = 50

type Kept = { feed: Promise<ShareFeed | null>; until: number }

export function createShareDesk(): ShareDesk {
  const kept = new Map<string, Kept>()
  const hearers = new Set<(id: string) => void>()
  let origin = 'http://localhost:3000'

  const sweep = () => {
    const now = Date.now()
    for (const [id, { until }] of kept) if (until < now || kept.size > mostKept) kept.delete(id)
  }
  return {
    origin: () => origin,
    reachedAt: (address) => {
      origin = new URL(address).origin
    },
    feedOf: (deps, share) => {
      sweep()
      const known = kept.get(share.id)
      if (known) return known.feed
      const feed = openFeed(deps, share)
      feed.catch(() => kept.delete(share.id))
      kept.set(share.id, { feed, until: Date.now() + keptMs })
      return feed
    },
    ended: (id) => {
      kept.delete(id)
      for (const hear of hearers) hear(id)
    },
    onEnd: (hear) => void hearers.add(hear),
  }
}

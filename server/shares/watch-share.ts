import type { IncomingMessage } from 'node:http'
import type { WatchedShare } from '@/server/live/share-door'
import { watchShared } from '@/server/live/share-stream'
import { findShare } from '@/server/shares/find-share'
import { isProof } from '@/server/shares/password'
import type { Deps } from '@/server/use-case'

/** What a visitor's socket may watch; null: nothing, whyever. */
export async function watchShare(
  deps: Deps,
  token: string,
  proof: string | null,
  request: IncomingMessage,
): Promise<WatchedShare | null> {
  const guess = await deps.limits.guess('share', deps.limits.addressOf(request), () => findShare(deps, token))
  const share = guess.ok ? guess.found : null
  if (!share) return null
  const { id, runId, passwordHash } = share
  if (passwordHash !== null && !isProof(proof, token, passwordHash)) return null
  if (runId === null) return { id, run: null }
  const feed = await deps.shares.feedOf(deps, share)
  if (!feed) return null
  const report = (error: unknown) => deps.report(error, { doing: 'shares', share: id })
  return {
    id,
    run: {
      watch: watchShared(feed, deps.runtime, runId, report),
      readEvents: async (after, limit) => {
        await feed.catchUp()
        return feed.events.slice(after, after + limit)
      },
    },
  }
}

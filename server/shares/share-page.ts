import type { IncomingMessage } from 'node:http'
import { findShare } from '@/server/shares/find-share'
import type { Deps } from '@/server/use-case'

const address = /^\/s\/([^/.]{1,200})(?:\/([\w-]{1,60}))?$/

/** What is to be known of a page before it is drawn. */
export type SharePage =
  /** `framers`: the origins that may show it in a frame. */
  { type: 'share'; framers: readonly string[] } | { type: 'refused'; retryAfterSeconds: number } | { type: 'other' }

/** A page of a link tells by its status whether there is such a link, so looking at it counts as a guess. */
export async function sharePageAt(deps: Deps, request: IncomingMessage, path: string): Promise<SharePage> {
  const [, token, part] = address.exec(path) ?? []
  if (token === undefined) return { type: 'other' }
  const guess = await deps.limits.guess('share', deps.limits.addressOf(request), () => findShare(deps, token))
  if (!guess.ok) return { type: 'refused', retryAfterSeconds: guess.retryAfterSeconds }
  return { type: 'share', framers: part === 'embed' ? (guess.found?.embedOrigins ?? []) : [] }
}

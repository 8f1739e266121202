import { sketchOf } from '@/engine/graph/sketch'
import { type PublicStatus, statusOf } from '@/engine/run/summary'
import type { SharedHead } from '@/server/in-process'
import type { ShareFeed } from '@/server/shares/feed'
import { findShare } from '@/server/shares/find-share'
import type { Deps } from '@/server/use-case'

/** What may be said about a link before anybody opened it. All of it comes from the projection. */
export async function sharedHead(deps: Deps, token: string): Promise<SharedHead> {
  const share = await findShare(deps, token)
  if (!share) return { type: 'none' }
  if (share.passwordHash !== null) return { type: 'locked' }
  const feed = await deps.shares.feedOf(deps, share)
  if (!feed) return { type: 'none' }
  await feed.catchUp()
  const about = share.kind === 'run' ? [crewOf(feed), standOf(feed)] : [crewOf(feed), 'A workflow in Baton']
  return {
    type: 'open',
    title: feed.graph.name,
    about: about.filter((text) => text !== '').join(' · '),
    sketch: sketchOf(feed.graph),
  }
}

function crewOf({ graph }: ShareFeed): string {
  const agents = graph.nodes.filter(({ kind }) => kind === 'agent').length
  return agents === 0 ? '' : agents === 1 ? 'One agent' : `A team of ${agents} agents`
}

const words: Record<PublicStatus, string> = {
  queued: 'About to begin',
  running: 'At work right now',
  waiting: 'Waiting for a person or for its time',
  paused: 'Paused',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

function standOf({ state, shown }: ShareFeed): string {
  const word = words[statusOf(state)]
  const { run, startedAt } = state
  if (run.status !== 'completed' || startedAt === null || !shown.include.timeline) return word
  const seconds = Math.round((run.finishedAt - startedAt) / 1_000)
  return seconds < 60 ? `${word} in ${Math.max(1, seconds)} s` : `${word} in ${Math.round(seconds / 60)} min`
}

import { isJsonObject, type Json } from '@/engine/json'
import { isOver } from '@/engine/run/state'
import { statusOf } from '@/engine/run/summary'
import type { WireRef } from '@/engine/run/wire'
import type { ProjectedEvent, Projection } from '@/engine/share/projection'
import type { ShareFeed } from '@/server/shares/feed'
import type { Subject } from '@/server/shares/find-share'

/** Everything that a link gives, as of now. */
export async function makeProjection(subject: Subject, feed: ShareFeed): Promise<Projection> {
  const { graph, shown, state, events, values } = feed
  const head = {
    v: 1,
    name: graph.name,
    graph,
    ...(subject.options.showAuthor && { sharedBy: subject.sharedBy }),
    shown,
  } as const
  if (subject.kind === 'workflow') return { ...head, kind: 'workflow' }
  await feed.catchUp()
  const { run, startedAt } = state
  const { timeline } = subject.options.include
  return {
    ...head,
    kind: 'run',
    events: [...events],
    next: isOver(run) ? null : state.seq,
    status: statusOf(state),
    startedAt: timeline ? startedAt : null,
    finishedAt: timeline && 'finishedAt' in run ? run.finishedAt : null,
    values: Object.fromEntries(values),
  }
}

/** So much of a value is seen before it is opened: 50 nodes have to fit into 150 KB. */
const slimPreview = 160

export function slimmed(projection: Projection): Projection {
  if (projection.kind === 'workflow') return projection
  const events = projection.events.map((event) => shorten(event as unknown as Json) as unknown as ProjectedEvent)
  return { ...projection, events, values: {} }
}

function shorten(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(shorten)
  if (!isJsonObject(value)) return value
  if (isRef(value)) return { ...value, preview: value.preview.slice(0, slimPreview) }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shorten(inner)]))
}

const isRef = (value: { readonly [key: string]: Json }): value is WireRef =>
  typeof value.hash === 'string' && typeof value.size === 'number' && typeof value.preview === 'string'

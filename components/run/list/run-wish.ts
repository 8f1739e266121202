import type { PublicStatus } from '@/engine/run/summary'

/** In the order in which one asks for them. */
export const statuses: readonly PublicStatus[] = [
  'running',
  'waiting',
  'paused',
  'completed',
  'failed',
  'cancelled',
  'queued',
]

export const spans = { '1h': 'Last hour', '24h': 'Last 24 hours', '7d': 'Last 7 days', '30d': 'Last 30 days' } as const
export type Span = keyof typeof spans

const lengths: { readonly [span in Span]: number } = {
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 7 * 86_400_000,
  '30d': 30 * 86_400_000,
}

/** Which runs somebody wants to see. Days are the person's own, from midnight to midnight. */
export type RunWish = {
  status: readonly PublicStatus[]
  workflow: string | null
  search: string
  time: { of: 'any' } | { of: 'span'; span: Span } | { of: 'days'; from: string | null; to: string | null }
}

export const everyRun: RunWish = { status: [], workflow: null, search: '', time: { of: 'any' } }

export type RunAddress = { readonly [name in 'status' | 'workflow' | 'search' | 'time' | 'from' | 'to']: string | null }

export function readWish({ status, workflow, search, time, from, to }: RunAddress): RunWish {
  const asked = (status ?? '').split(',')
  return {
    status: statuses.filter((each) => asked.includes(each)),
    workflow,
    search: search ?? '',
    time: readTime(time, from, to),
  }
}

function readTime(time: string | null, from: string | null, to: string | null): RunWish['time'] {
  if (time !== null && Object.hasOwn(spans, time)) return { of: 'span', span: time as Span }
  return time === 'days' ? { of: 'days', from: dayOf(from), to: dayOf(to) } : { of: 'any' }
}

const dayOf = (text: string | null): string | null =>
  text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null

export const writeWish = ({ status, workflow, search, time }: RunWish): RunAddress => ({
  status: status.length === 0 ? null : status.join(','),
  workflow,
  search: search === '' ? null : search,
  time: time.of === 'any' ? null : time.of === 'span' ? time.span : 'days',
  from: time.of === 'days' ? time.from : null,
  to: time.of === 'days' ? time.to : null,
})

export const isEveryRun = ({ status, workflow, search, time }: RunWish): boolean =>
  status.length === 0 && workflow === null && search.trim() === '' && time.of === 'any'

const day = 86_400_000

/** What the server is asked for. `now` is held while the wish stays the same, so that it is one question. */
export function askFor({ status, workflow, search, time }: RunWish, now: number) {
  const since =
    time.of === 'span' ? now - lengths[time.span] : time.of === 'days' && time.from ? startOf(time.from) : null
  const until = time.of === 'days' && time.to ? startOf(time.to) + day : null
  return {
    limit: 30,
    ...(status.length > 0 && { status: status.join(',') }),
    ...(workflow !== null && { workflowId: workflow }),
    ...(search.trim() !== '' && { search: search.trim() }),
    ...(since !== null && { since: new Date(Math.max(0, since)).toISOString() }),
    ...(until !== null && { until: new Date(Math.max(0, until)).toISOString() }),
  }
}

const startOf = (text: string): number => new Date(`${text}T00:00:00`).getTime()

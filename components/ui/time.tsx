'use client'
import { formatExact, formatRelative, unknown } from './format'
import { useNow } from './use-now'

/** How long ago, with the exact time on hover. */
export function RelativeTime({ at }: { at: number | string | null }) {
  const now = useNow('minute')
  if (at === null) return <span>{unknown}</span>
  const ms = typeof at === 'number' ? at : Date.parse(at)
  return (
    <time dateTime={new Date(ms).toISOString()} title={formatExact(ms)} className="whitespace-nowrap">
      {formatRelative(ms, now)}
    </time>
  )
}

'use client'
import Link from 'next/link'
import { useDifference } from './canvas/drawn-context'
import { useRunPlace } from './run-place'

/** Says when the canvas shows another graph than the one that ran, and where to see that one. */
export function DrawnNotice() {
  const { runId, version } = useRunPlace()
  const difference = useDifference()
  if (difference === 'none') return null
  const [what, verb] = version === null ? ['an earlier draft', 'was'] : [`version ${version}`, 'is']
  return (
    <p role="note" className="bg-sunken shrink-0 border-line text-ink-soft border-b px-4 py-1.5 text-sm">
      This run is of {what}, which {verb} {difference === 'drawing' ? 'drawn' : 'set up'} differently.{' '}
      <Link
        href={`/runs/${runId}`}
        className="text-accent hover:text-accent-hover rounded-control whitespace-nowrap underline"
      >
        See it as it was
      </Link>
    </p>
  )
}

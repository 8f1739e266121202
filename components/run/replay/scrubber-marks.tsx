'use client'
import { memo, useMemo } from 'react'
import { useSlowLog } from './use-slow-log'

const mostMarks = 160

type Mark = { seq: number; look: string }

/** Where in the log something failed, waited for somebody or came out, as small marks on the track. */
export const ScrubberMarks = memo(function ScrubberMarks({ last }: { last: number }) {
  const events = useSlowLog()
  const marks = useMemo(() => {
    const found: Mark[] = []
    for (const event of events) {
      const look = lookOf(event)
      if (look) found.push({ seq: event.seq, look })
    }
    return thinned(found)
  }, [events])
  const place = (seq: number) => `${((seq - 1) / Math.max(1, last - 1)) * 100}%`
  return (
    <div aria-hidden className="pointer-events-none absolute inset-x-2 top-1/2">
      {marks.map(({ seq, look }) => (
        <span
          key={seq}
          style={{ left: place(seq) }}
          className={`absolute top-1.5 h-1.5 w-0.5 -translate-x-1/2 rounded-full ${look}`}
        />
      ))}
    </div>
  )
})

function lookOf(event: ReturnType<typeof useSlowLog>[number]): string | null {
  switch (event.type) {
    case 'node.failed':
    case 'run.failed':
    case 'step.failed':
      return 'bg-failed'
    case 'node.waiting':
    case 'run.paused':
    case 'budget.hit':
      return 'bg-waiting'
    case 'node.completed':
      return event.path.includes('/') ? null : 'bg-done'
    default:
      return null
  }
}

/** Failures and waits are never left out for the sake of what went well. */
function thinned(marks: readonly Mark[]): readonly Mark[] {
  if (marks.length <= mostMarks) return marks
  const notable = marks.filter(({ look }) => look !== 'bg-done')
  const rest = marks.filter(({ look }) => look === 'bg-done')
  const every = Math.ceil(rest.length / mostMarks)
  return [...rest.filter((_, index) => index % every === 0), ...notable.slice(0, mostMarks)]
}

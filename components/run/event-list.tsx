'use client'
import { useState } from 'react'
import { useRunView } from '@/components/live/run-context'
import { Button } from '@/components/ui/button'
import { formatDuration, formatExact } from '@/components/ui/format'
import { Panel } from '@/components/ui/panel'
import { eventLine } from './event-line'

const pageSize = 200

/** The log itself, newest first. */
export function EventList() {
  const events = useRunView((view) => view.events)
  const createdAt = useRunView((view) => view.state.createdAt)
  const [max, setMax] = useState(pageSize)
  const shown = events.slice(-max).toReversed()
  return (
    <div className="grid gap-3">
      <Panel>
        <ol className="divide-line divide-y text-sm">
          {shown.map((event) => (
            <li key={event.seq} className="grid grid-cols-[3rem_minmax(0,1fr)_auto] items-baseline gap-3 px-4 py-2">
              <span className="text-ink-faint text-right text-xs">{event.seq}</span>
              <span className="min-w-0 break-words">{eventLine(event)}</span>
              <time
                dateTime={new Date(event.at).toISOString()}
                title={formatExact(event.at)}
                className="text-ink-faint text-xs"
              >
                +{formatDuration(event.at - createdAt)}
              </time>
            </li>
          ))}
        </ol>
      </Panel>
      {events.length > max && (
        <Button className="justify-self-center" onClick={() => setMax(max + pageSize)}>
          Show earlier ones
        </Button>
      )}
    </div>
  )
}

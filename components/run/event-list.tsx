'use client'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useRunView } from '@/components/live/run-context'
import { cx } from '@/components/ui/cx'
import { formatDuration, formatExact } from '@/components/ui/format'
import { Segmented } from '@/components/ui/segmented'
import type { WireEvent } from '@/engine/run/wire'
import { type EventGroup, eventGroups, filterEvents } from './event-filter'
import { eventLine } from './event-line'
import { useReplay } from './replay/replay-context'
import { useSlowLog } from './replay/use-slow-log'
import { useFocus } from './run-focus'
import { useWindow } from './timeline/use-window'
import { useNames } from './use-names'

const rowHeight = 32
const titles: { readonly [group in EventGroup]: string } = {
  all: 'All',
  nodes: 'Nodes',
  steps: 'Steps',
  run: 'Run',
  trouble: 'Trouble',
}

/** The log itself; a click goes to that moment. */
export function EventList() {
  const events = useSlowLog()
  const nameOf = useNames()
  const [group, setGroup] = useState<EventGroup>('all')
  const [search, setSearch] = useState('')
  const found = useMemo(() => filterEvents(events, { group, search, nameOf }), [events, group, search, nameOf])
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="border-line flex flex-wrap items-center gap-2 border-b px-3 py-1.5">
        <Segmented
          small
          label="Kinds of events"
          value={group}
          choices={eventGroups.map((value) => ({ value, label: titles[value] }))}
          onChange={(value) => setGroup(value as EventGroup)}
        />
        <input
          type="search"
          aria-label="Search events"
          placeholder="Search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="control h-7 w-full min-w-0 px-2 text-[16px] sm:w-56 md:text-xs"
        />
        <span className="text-ink-faint text-xs">
          {found.length === events.length ? '' : `${found.length} of ${events.length}`}
        </span>
      </div>
      <Rows events={found} />
    </div>
  )
}

function Rows({ events }: { events: readonly WireEvent[] }) {
  const scroller = useRef<HTMLOListElement>(null)
  const shown = useWindow(scroller, events.length, rowHeight)
  const here = useRunView((view) => view.state.seq)
  const isPast = useRunView((view) => view.at !== null)
  const createdAt = useRunView((view) => view.state.createdAt)
  useFollowed(scroller, { index: indexOfSeq(events, here), isPast })
  if (events.length === 0) return <p className="text-ink-faint px-4 py-8 text-center text-sm">No event like that.</p>
  return (
    <ol ref={scroller} aria-label="Events" className="min-h-0 flex-1 overflow-y-auto">
      <li aria-hidden style={{ height: shown.before }} />
      {events.slice(shown.from, shown.to).map((event) => (
        <EventRow
          key={event.seq}
          event={event}
          createdAt={createdAt}
          isHere={isPast && event.seq === here}
          isAhead={event.seq > here}
        />
      ))}
      <li aria-hidden style={{ height: shown.after }} />
    </ol>
  )
}

/** The last event up to the moment that is shown. */
function indexOfSeq(events: readonly WireEvent[], seq: number): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((events[middle]?.seq ?? 0) <= seq) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Keeps the moment in sight; at the present, only for those who are at the end already. */
function useFollowed(
  scroller: React.RefObject<HTMLElement | null>,
  { index, isPast }: { index: number; isPast: boolean },
) {
  const wasAtEnd = useRef(true)
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const note = () => {
      wasAtEnd.current = element.scrollTop + element.clientHeight > element.scrollHeight - rowHeight * 2
    }
    element.addEventListener('scroll', note, { passive: true })
    return () => element.removeEventListener('scroll', note)
  }, [scroller])
  useEffect(() => {
    const element = scroller.current
    if (!element || (!isPast && !wasAtEnd.current)) return
    const top = index * rowHeight
    const isSeen = top >= element.scrollTop && top + rowHeight <= element.scrollTop + element.clientHeight
    if (!isSeen) element.scrollTop = Math.max(0, top - element.clientHeight / 2)
  }, [scroller, index, isPast])
}

type RowProps = { event: WireEvent; createdAt: number; isHere: boolean; isAhead: boolean }

function EventRow({ event, createdAt, isHere, isAhead }: RowProps) {
  const replay = useReplay()
  const focus = useFocus()
  const nameOf = useNames()
  return (
    <li>
      <button
        type="button"
        aria-current={isHere ? 'step' : undefined}
        onClick={() => {
          replay?.pause()
          replay?.seek(event.seq)
          if ('path' in event && event.path !== undefined) focus.select(event.path)
        }}
        className={cx(
          'grid h-8 w-full grid-cols-[3.5rem_minmax(0,1fr)_auto] items-center gap-3 px-3 text-left text-sm focus-visible:outline-offset-[-2px]',
          isHere ? 'bg-accent-tint' : 'hover:bg-hover',
          isAhead && 'opacity-50',
        )}
      >
        <span className="text-ink-faint text-right text-xs tabular-nums">{event.seq}</span>
        <span className={cx('truncate', event.type.endsWith('.failed') && 'text-failed')}>
          {eventLine(event, nameOf)}
        </span>
        <time
          dateTime={new Date(event.at).toISOString()}
          title={formatExact(event.at)}
          className="text-ink-faint text-xs tabular-nums"
        >
          +{formatDuration(event.at - createdAt)}
        </time>
      </button>
    </li>
  )
}

'use client'
import './waterfall.css'
import { ChevronRight } from 'lucide-react'
import { memo, useMemo, useRef, useState } from 'react'
import { useRunNow, useSlowRunView } from '@/components/live/run-context'
import { KindIcon } from '@/components/node-kit/kind-icon'
import { StatusMark } from '@/components/run/canvas/status-mark'
import { useFocus, useFocused } from '@/components/run/run-focus'
import { useRunPlace } from '@/components/run/run-place'
import { runTree } from '@/components/run/run-tree'
import { cx } from '@/components/ui/cx'
import { formatDuration } from '@/components/ui/format'
import { useIsWide } from '@/components/ui/use-is-wide'
import { isOver } from '@/engine/run/state'
import { views } from '@/nodes/registry/views'
import { useWindow } from './use-window'
import { type Axis, axisOf, placeOf, type Row, ticksOf, waterfallRows } from './waterfall'

const rowHeight = 28

/** What happened when, as bars: nodes, items, model and tool calls. */
export function Waterfall() {
  const { graph } = useRunPlace()
  const { state, events } = useSlowRunView()
  // The clock of the page ticks by the second; what has happened is never ahead of it.
  const ticking = Math.max(useRunNow(), events.at(-1)?.at ?? 0)
  const [flipped, setFlipped] = useState<ReadonlySet<string>>(new Set())
  const scroller = useRef<HTMLElement>(null)
  const rows = useMemo(() => waterfallRows(runTree(graph, state), state, flipped), [graph, state, flipped])
  const shown = useWindow(scroller, rows.length, rowHeight)
  const axis = axisOf(state, isOver(state.run) ? 0 : ticking)
  const flip = useRef((key: string) =>
    setFlipped((before) => {
      const next = new Set(before)
      if (!next.delete(key)) next.add(key)
      return next
    }),
  ).current
  if (rows.length === 0) return <p className="text-ink-faint px-4 py-8 text-center text-sm">Nothing has begun yet.</p>
  return (
    <section ref={scroller} aria-label="Timeline" className="h-full overflow-y-auto text-xs">
      <Ruler axis={axis} />
      <div style={{ height: shown.before }} />
      {rows.slice(shown.from, shown.to).map((row) => (
        <WaterfallRow key={row.key} row={row} from={axis.from} to={axis.to} onFlip={flip} />
      ))}
      <div style={{ height: shown.after }} />
    </section>
  )
}

const columns = 'grid grid-cols-[minmax(0,9.5rem)_minmax(0,1fr)_4rem] md:grid-cols-[minmax(0,19rem)_minmax(0,1fr)_5rem]'

function Ruler({ axis }: { axis: Axis }) {
  const isWide = useIsWide()
  return (
    <div className={cx(columns, 'bg-surface border-line sticky top-0 z-10 h-6 border-b')}>
      <span />
      <span className="relative">
        {ticksOf(axis, isWide ? 6 : 3).map((tick) => (
          <span
            key={tick}
            style={{ left: `${placeOf(axis, axis.from + tick) * 100}%` }}
            className="text-ink-faint absolute top-1 -translate-x-full pr-1 whitespace-nowrap"
          >
            {formatDuration(tick).replace('.0 s', ' s')}
          </span>
        ))}
      </span>
      <span />
    </div>
  )
}

type RowProps = { row: Row; from: number; to: number; onFlip: (key: string) => void }

const WaterfallRow = memo(
  function WaterfallRow({ row, from, to, onFlip }: RowProps) {
    const focus = useFocus()
    const isSelected = useFocused(({ selected }) => selected !== null && selected === row.path && row.entry !== null)
    const axis = { from, to }
    const start = placeOf(axis, row.from ?? from)
    const end = placeOf(axis, row.to ?? to)
    const took = row.from === null ? null : (row.to ?? to) - row.from
    return (
      <div className={cx(columns, 'h-7 items-center', isSelected ? 'bg-accent-tint' : 'hover:bg-hover')}>
        <div className="flex min-w-0 items-center" style={{ paddingLeft: 4 + row.depth * 14 }}>
          <Fold row={row} onFlip={onFlip} />
          <button
            type="button"
            aria-pressed={isSelected}
            onClick={() => (row.path === null ? onFlip(row.key) : focus.select(isSelected ? null : row.path))}
            className="flex h-7 min-w-0 flex-1 items-center gap-1.5 text-left focus-visible:outline-offset-[-2px]"
          >
            {row.entry && <KindIcon view={views[row.entry.node.kind]} size="small" />}
            <span className={cx('truncate', row.entry ? 'text-sm font-medium' : 'text-ink-soft')}>{row.title}</span>
            {row.entry && <StatusMark state={row.entry.state} />}
          </button>
        </div>
        <div className="border-line relative h-full border-l">
          <span
            className={cx('waterfall-bar', `tone-${row.tone}`, row.to === null && 'is-open', !row.entry && 'is-thin')}
            style={{ left: `${start * 100}%`, width: `max(3px, ${(end - start) * 100}%)` }}
          />
        </div>
        <span className="text-ink-faint pr-3 text-right tabular-nums">{formatDuration(took)}</span>
      </div>
    )
  },
  (a, b) => isSameRow(a.row, b.row) && a.from === b.from && a.to === b.to,
)

const isSameRow = (a: Row, b: Row): boolean =>
  a.key === b.key &&
  a.title === b.title &&
  a.tone === b.tone &&
  a.from === b.from &&
  a.to === b.to &&
  a.fold === b.fold &&
  a.depth === b.depth &&
  a.entry?.state === b.entry?.state

function Fold({ row, onFlip }: { row: Row; onFlip: (key: string) => void }) {
  if (row.fold === 'none') return <span className="w-5 shrink-0" />
  return (
    <button
      type="button"
      aria-label={row.fold === 'open' ? `Fold ${row.title}` : `Unfold ${row.title}`}
      aria-expanded={row.fold === 'open'}
      onClick={() => onFlip(row.key)}
      className="text-ink-faint hover:text-ink grid h-7 w-5 shrink-0 place-items-center"
    >
      <ChevronRight size={14} aria-hidden className={cx('transition-transform', row.fold === 'open' && 'rotate-90')} />
    </button>
  )
}

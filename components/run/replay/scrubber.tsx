'use client'
import { ChevronLeft, ChevronRight, Pause, Play } from 'lucide-react'
import { useRunView } from '@/components/live/run-context'
import { eventLine } from '@/components/run/event-line'
import { useNames } from '@/components/run/use-names'
import { Button, IconButton } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { formatDuration } from '@/components/ui/format'
import { Segmented } from '@/components/ui/segmented'
import { type Speed, speeds } from './play-time'
import { usePlaying, useReplay } from './replay-context'
import type { Replay } from './replay-store'
import { ScrubberMarks } from './scrubber-marks'
import { useReplayKeys } from './use-replay-keys'

/** Moves through the log of the run, live or over. */
export function Scrubber() {
  const replay = useReplay()
  return replay && <Controls replay={replay} />
}

function Controls({ replay }: { replay: Replay }) {
  const { seq, last, isPlaying, speed } = usePlaying(replay, (playing) => playing)
  useReplayKeys(replay)
  const shown = seq ?? last
  return (
    <section aria-label="Replay" className="bg-surface border-line @container border-y">
      <div className="flex min-h-12 flex-wrap items-center gap-x-2 px-2 pb-1 @min-[780px]:flex-nowrap @min-[780px]:px-3 @min-[780px]:pb-0">
        <div className="flex items-center">
          <IconButton label="One event back (←)" disabled={shown <= 1} onClick={() => replay.step(-1)}>
            <ChevronLeft size={18} aria-hidden />
          </IconButton>
          <IconButton
            label={isPlaying ? 'Pause (space)' : 'Play (space)'}
            onClick={isPlaying ? replay.pause : replay.play}
            disabled={last < 2}
          >
            {isPlaying ? <Pause size={17} aria-hidden /> : <Play size={17} aria-hidden />}
          </IconButton>
          <IconButton label="One event on (→)" disabled={seq === null} onClick={() => replay.step(1)}>
            <ChevronRight size={18} aria-hidden />
          </IconButton>
        </div>
        <Track replay={replay} shown={shown} last={last} />
        <Moment isPast={seq !== null} shown={shown} last={last} />
        <div className="hidden sm:block">
          <Segmented
            small
            label="Speed"
            value={speed}
            choices={speeds.map((value) => ({ value, label: value === 'max' ? 'max' : `${value}×` }))}
            onChange={(value) => replay.setSpeed(value as Speed)}
          />
        </div>
        <NowButton replay={replay} isPast={seq !== null} />
      </div>
    </section>
  )
}

function Track({ replay, shown, last }: { replay: Replay; shown: number; last: number }) {
  const said = useRunView(({ events }) => events.at(-1))
  const nameOf = useNames()
  return (
    <div className="relative order-first h-8 w-full min-w-0 @min-[780px]:order-none @min-[780px]:w-auto @min-[780px]:flex-1">
      <ScrubberMarks last={last} />
      <input
        type="range"
        aria-label="Moment of the run"
        aria-valuetext={said ? `${shown} of ${last}: ${eventLine(said, nameOf)}` : undefined}
        min={1}
        max={Math.max(2, last)}
        value={shown}
        disabled={last < 2}
        onChange={(event) => {
          replay.pause()
          replay.seek(Number(event.target.value))
        }}
        className="scrubber absolute inset-0 size-full"
      />
    </div>
  )
}

/** How far into the run the moment lies, and which event it is. In the measures of the longest text, so that nothing moves. */
function Moment({ isPast, shown, last }: { isPast: boolean; shown: number; last: number }) {
  const since = useRunView(({ at, events, state }) => {
    const time = at ?? events.at(-1)?.at
    return time === undefined ? '' : `+${formatDuration(time - (state.startedAt ?? state.createdAt))}`
  })
  return (
    <p className="text-ink-soft flex-1 pl-1 text-xs whitespace-nowrap tabular-nums @min-[780px]:w-40 @min-[780px]:flex-none @min-[780px]:text-right">
      {isPast && <span className="text-ink font-medium">{since} · </span>}
      event {shown} of {last}
    </p>
  )
}

function NowButton({ replay, isPast }: { replay: Replay; isPast: boolean }) {
  const isRunning = usePlaying(replay, (playing) => playing.isLive)
  const width = 'w-24 shrink-0 text-center text-sm font-medium'
  if (!isPast) return <span className={cx(width, 'text-ink-faint')}>{isRunning ? <Live /> : 'The end'}</span>
  return (
    <Button size="small" tone="quiet" onClick={replay.toNow} className={width}>
      {isRunning ? 'To now' : 'To the end'}
    </Button>
  )
}

const Live = () => (
  <span className="text-accent inline-flex items-center gap-1.5">
    <span className="bg-accent animate-breathe size-2 rounded-full" />
    Live
  </span>
)

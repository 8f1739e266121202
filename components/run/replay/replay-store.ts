import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RunView } from '@/components/live/run-store'
import { isOver } from '@/engine/run/state'
import { keepSame } from './keep-same'
import { openKeyframes } from './keyframes'
import { advance, type Position, type Speed, timeAt } from './play-time'

export type Playing = {
  /** Null: what is shown is the present. */
  seq: number | null
  /** How many events there are by now. */
  last: number
  isPlaying: boolean
  speed: Speed
  /** More events may come. */
  isLive: boolean
}

export type Replay = {
  /** What the panels show; they don't know which moment it is. */
  shown: StoreApi<RunView>
  playing: StoreApi<Playing>
  /** The whole log, whatever is shown of it. */
  log: () => RunView['events']
  seek: (seq: number) => void
  toNow: () => void
  step: (by: number) => void
  play: () => void
  pause: () => void
  setSpeed: (speed: Speed) => void
  /** Follows the run from now on; the returned function ends that. */
  open: () => () => void
}

type Options = { live: StoreApi<RunView>; nextFrame: (draw: (now: number) => void) => void }

/** Any moment of a run, looked at as if it were now. */
export function createReplay({ live, nextFrame }: Options): Replay {
  const keyframes = openKeyframes()
  const shown = createStore<RunView>(() => live.getState())
  const playing = createStore<Playing>(() => ({
    seq: null,
    last: live.getState().events.length,
    isPlaying: false,
    speed: '1',
    isLive: !isOver(live.getState().state.run),
  }))
  let position: Position = { seq: 0, within: 0 }
  let lastFrame: number | null = null
  let isTicking = false

  const show = (next: Position) => {
    const view = live.getState()
    const before = shown.getState()
    const isSameSeq = next.seq === position.seq && playing.getState().seq !== null
    position = next
    const moment = isSameSeq
      ? { state: before.state, events: before.events }
      : {
          state: keepSame(before.state, keyframes.stateAt(view.events, next.seq)),
          events: view.events.slice(0, next.seq),
        }
    shown.setState({ ...view, ...moment, streams: noStreams, at: timeAt(view.events, next) })
    if (!isSameSeq) playing.setState({ seq: next.seq })
  }
  const toNow = () => {
    playing.setState({ seq: null, isPlaying: false })
    shown.setState(live.getState(), true)
  }
  const seek = (seq: number) => {
    const last = live.getState().events.length
    if (seq >= last) return toNow()
    lastFrame = null
    show({ seq: Math.max(1, seq), within: 0 })
  }
  const tick = (now: number) => {
    const { isPlaying, speed } = playing.getState()
    isTicking = false
    if (!isPlaying) return
    const { events } = live.getState()
    // A tab that was hidden goes on where it was.
    const passed = lastFrame === null ? 0 : Math.min(100, now - lastFrame)
    lastFrame = now
    const next = advance(events, position, passed, speed)
    if (next.seq >= events.length) return toNow()
    show(next)
    askForFrame()
  }
  const askForFrame = () => {
    // Paused and played again within one frame: that frame is still to come.
    if (isTicking) return
    isTicking = true
    nextFrame(tick)
  }
  return {
    shown,
    playing,
    log: () => live.getState().events,
    seek,
    toNow,
    step: (by) => {
      const { seq, last } = playing.getState()
      playing.setState({ isPlaying: false })
      seek((seq ?? last) + by)
    },
    play: () => {
      const { isPlaying, seq } = playing.getState()
      if (isPlaying || live.getState().events.length < 2) return
      if (seq === null) show({ seq: 1, within: 0 })
      lastFrame = null
      playing.setState({ isPlaying: true })
      askForFrame()
    },
    pause: () => playing.setState({ isPlaying: false }),
    setSpeed: (speed) => playing.setState({ speed }),
    open: () => {
      const follow = (view: RunView) => {
        if (playing.getState().last !== view.events.length) {
          playing.setState({ last: view.events.length, isLive: !isOver(view.state.run) })
        }
        if (playing.getState().seq === null) shown.setState(view, true)
        else shown.setState({ phase: view.phase, connection: view.connection, clockSkew: view.clockSkew })
      }
      follow(live.getState())
      return live.subscribe(follow)
    },
  }
}

const noStreams: RunView['streams'] = new Map()

/** May somebody act on what is shown? The past can only be looked at. */
export const isNow = (view: RunView): boolean => view.at === null

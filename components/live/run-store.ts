import { createStore, type StoreApi } from 'zustand/vanilla'
import { type Delta, endsStream, hearDelta, type Stream, streamKey } from '@/engine/run/delta'
import { foldEvents, newRun } from '@/engine/run/reduce'
import type { RunState } from '@/engine/run/state'
import type { WireEvent } from '@/engine/run/wire'
import type { NextFrame } from './own-pace'
import type { LiveSocket } from './socket'
import { countWatch } from './watch-count'

export type Connection = 'connecting' | 'live' | 'reconnecting' | 'signed_out'

/** What a screen knows of a run. Where it comes from (a socket, a recording) is not its concern. */
export type RunView = {
  /** `loading` until the log has been read once; `gone`: there is no such run, or no right to see it. */
  phase: 'loading' | 'ready' | 'gone'
  connection: Connection
  state: RunState
  /** The whole log up to here, oldest first: the event with seq n stands at n - 1. */
  events: readonly WireEvent[]
  streams: ReadonlyMap<string, Stream>
  /** What to add to this device's clock to get the server's. */
  clockSkew: number
  /** The time of the moment that is shown; null: it is now. */
  at: number | null
}

export type RunStore = StoreApi<RunView> & { open: () => () => void }

type Options = {
  runId: string
  socket: LiveSocket
  nextFrame: NextFrame
  /** What is known of the log already: the watch goes on behind it. */
  known?: readonly WireEvent[]
}

/** Folds the log of one run as it comes over the socket, as often as `nextFrame` says, with the reduce that the engine uses. */
export function createRunStore({ runId, socket, nextFrame, known = [] }: Options): RunStore {
  const store = createStore<RunView>(() => ({
    phase: known.length > 0 ? 'ready' : 'loading',
    connection: 'connecting',
    state: foldEvents(newRun(), known),
    events: known,
    streams: new Map(),
    clockSkew: 0,
    at: null,
  }))
  let waiting: WireEvent[] = []
  let words: Delta[] = []
  let isReady = false
  let isDrawing = false
  let isOpen = false

  const draw = () => {
    isDrawing = false
    const view = store.getState()
    const events = waiting
    const deltas = words
    waiting = []
    words = []
    const fresh = newOnly(events, view.state.seq)
    if (fresh[0] && fresh[0].seq > view.state.seq + 1) return watch()
    const state = fresh.length > 0 ? foldEvents(view.state, fresh) : view.state
    store.setState({
      state,
      ...(fresh.length > 0 && { events: view.events.concat(fresh) }),
      streams: nextStreams({ streams: view.streams, events: fresh, deltas, state }),
      ...(isReady && { phase: 'ready' }),
    })
  }
  const schedule = () => {
    if (isDrawing) return
    isDrawing = true
    nextFrame(draw)
  }

  const watch = () => {
    waiting = []
    words = []
    const { seq } = store.getState().state
    socket.emit('watch', { runId, after: seq }, (answer) => {
      if (isOpen && !answer.ok) store.setState({ phase: 'gone' })
    })
  }
  const handlers = {
    connect: watch,
    disconnect: (reason: string) => {
      // Closed on purpose by the server: the session is over, and coming back would only be refused.
      store.setState({ connection: reason === 'io server disconnect' ? 'signed_out' : 'reconnecting' })
    },
    connect_error: (error: Error) => {
      store.setState({ connection: error.message === 'unauthorized' ? 'signed_out' : 'reconnecting' })
    },
    events: (message: { runId: string; events: readonly WireEvent[] }) => {
      if (message.runId !== runId) return
      waiting.push(...message.events)
      schedule()
    },
    page: (message: { runId: string; events: readonly WireEvent[] }, answer: () => void) => {
      handlers.events(message)
      if (message.runId === runId) answer()
    },
    live: (message: { runId: string; now: number }) => {
      if (message.runId !== runId) return
      isReady = true
      store.setState({ connection: 'live', clockSkew: message.now - Date.now() })
      schedule()
    },
    delta: (message: Delta & { runId: string }) => {
      if (message.runId !== runId) return
      words.push(message)
      schedule()
    },
    left: (message: { runId: string }) => {
      if (message.runId === runId) store.setState({ phase: 'gone' })
    },
  }

  const open = () => {
    isOpen = true
    const leave = countWatch(socket, runId)
    for (const [name, handler] of Object.entries(handlers)) socket.on(name as 'connect', handler as () => void)
    if (socket.connected) watch()
    else socket.connect()
    return () => {
      isOpen = false
      for (const [name, handler] of Object.entries(handlers)) socket.off(name as 'connect', handler as () => void)
      if (leave() && socket.connected) socket.emit('unwatch', { runId })
    }
  }
  return { ...store, open }
}

type Change = {
  streams: ReadonlyMap<string, Stream>
  events: readonly WireEvent[]
  deltas: readonly Delta[]
  state: RunState
}

/** Words of a step that is recorded by now are not wanted, whichever of the two came first. */
function nextStreams({ streams, events, deltas, state }: Change): ReadonlyMap<string, Stream> {
  const ended = [...streams].filter(([, stream]) => events.some((event) => endsStream(event, stream)))
  if (ended.length === 0 && deltas.length === 0) return streams
  const next = new Map(streams)
  for (const [key] of ended) next.delete(key)
  for (const delta of deltas) {
    const step = state.steps.get(delta.path)?.get(delta.step)
    if (step?.status === 'completed') continue
    const key = streamKey(delta)
    next.set(key, hearDelta(next.get(key), delta))
  }
  return next
}

/** Each once and in order: whoever asked twice, as after a short break of the network, is answered twice. */
export function newOnly(events: readonly WireEvent[], seq: number): WireEvent[] {
  let last = seq
  return events.filter((event) => {
    if (event.seq <= last) return false
    last = event.seq
    return true
  })
}

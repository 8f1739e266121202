import { io } from 'socket.io-client'
import { runBody } from '@/bench/baton/api'
import { answerQuestions } from '@/bench/child'
import { median, percentile } from '@/bench/stats'
import { livePath } from '@/server/live/protocol'

export type WatcherSettings = { url: string; key: string }
export type WatcherQuestion =
  /** Finds out how the server's clock differs from this process's, with runs of this short workflow. */
  | { type: 'calibrate'; workflow: string }
  /** A run may be watched several times; those that are watched already stay. */
  | { type: 'watch'; runs: readonly string[] }
  /** How late what came since the last question was, while the runs go on. */
  | { type: 'lags' }
  | { type: 'finish' }
export type Lags = { count: number; p50: number; p95: number; max: number }
export type WatchedRun = {
  runId: string
  /** When the node called `pause` was done, by the event's own time; null when this was not heard live. */
  from: number | null
  /** When its last event was here, by the same clock. */
  endedAt: number
  /** Of answers, as they were being written. */
  characters: number
}
export type WatcherAnswer = { runs: WatchedRun[]; lags: Lags }

type Event = { seq: number; at: number; type: string; path?: string }
type Delta = { path: string; step: string; attempt: number; offset: number; text: string }
type Viewer = { watched: WatchedRun; over: Promise<void>; close: () => void }

/** By how much the clock that dates events is ahead of this process's. */
let ahead = 0
const here = () => performance.timeOrigin + performance.now()
const now = () => here() + ahead

/**
 * A run is created after it was asked for and over before it is answered, so each run bounds the difference from both
 * sides; the tightest bounds of many are less than a millisecond apart.
 */
async function clockDifference({ url, key }: WatcherSettings, workflow: string): Promise<number> {
  let least = Number.NEGATIVE_INFINITY
  let most = Number.POSITIVE_INFINITY
  for (let run = 0; run < 40; run++) {
    const asked = here()
    const response = await fetch(`${url}/api/v1/workflows/${workflow}/runs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: runBody(30),
    })
    const { createdAt, finishedAt } = (await response.json()) as { createdAt: string; finishedAt: string }
    const answered = here()
    // Event times are whole milliseconds.
    most = Math.min(most, Date.parse(createdAt) + 0.5 - asked)
    least = Math.max(least, Date.parse(finishedAt) - 0.5 - answered)
  }
  return (least + most) / 2
}

/** Watches runs the way browsers do, one socket each. */
export function serveWatcher(settings: WatcherSettings): void {
  const lags: number[] = []
  const viewers: Viewer[] = []
  answerQuestions<WatcherQuestion, WatcherAnswer>(async (question) => {
    if (question.type === 'calibrate') ahead = await clockDifference(settings, question.workflow)
    else if (question.type === 'watch')
      viewers.push(...(await Promise.all(question.runs.map((runId) => view(settings, runId, lags)))))
    else if (question.type === 'finish') await Promise.all(viewers.map(({ over }) => over))
    const runs = viewers.map(({ watched }) => watched)
    if (question.type === 'finish') for (const { close } of viewers.splice(0)) close()
    const isAsked = question.type === 'finish' || question.type === 'lags'
    return { runs, lags: summary(isAsked ? lags.splice(0) : []) }
  })
}

const summary = (lags: readonly number[]): Lags => ({
  count: lags.length,
  p50: median(lags),
  p95: percentile(lags, 0.95),
  max: percentile(lags, 1),
})

/** Resolves when the log so far has come and events come as they happen. */
function view({ url, key }: WatcherSettings, runId: string, lags: number[]): Promise<Viewer> {
  const socket = io(url, { path: livePath, transports: ['websocket'], auth: { token: key }, forceNew: true })
  const watched: WatchedRun = { runId, from: null, endedAt: 0, characters: 0 }
  let isLive = false
  let isOver: () => void
  const over = new Promise<void>((resolve) => {
    isOver = resolve
  })
  const take = ({ events }: { events: readonly Event[] }) => {
    const arrived = now()
    for (const event of events) {
      if (isLive) lags.push(arrived - event.at)
      if (isLive && event.type === 'node.completed' && event.path === 'pause') watched.from = event.at
      if (!['run.completed', 'run.failed', 'run.cancelled'].includes(event.type)) continue
      watched.endedAt = arrived
      isOver()
    }
  }
  socket.on('events', take)
  socket.on('page', (message: { events: readonly Event[] }, taken: () => void) => {
    take(message)
    taken()
  })
  socket.on('delta', ({ text }: Delta) => {
    watched.characters += text.length
  })
  return new Promise((resolve, reject) => {
    socket.on('connect_error', reject)
    socket.on('connect', () => {
      socket.emit('watch', { runId }, (answer: { ok: boolean; code?: string }) => {
        if (!answer.ok) reject(new Error(`Watching was refused: ${answer.code}`))
      })
    })
    socket.on('live', () => {
      isLive = true
      resolve({ watched, over, close: () => socket.close() })
    })
  })
}

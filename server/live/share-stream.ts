import { type Delta, endsStream, hearDelta, type Stream, streamKey } from '@/engine/run/delta'
import type { WireEvent } from '@/engine/run/wire'
import type { LiveMessage, Runtime } from '@/server/runtime/types'
import type { ShareFeed } from '@/server/shares/feed'
import { deltaEveryMs } from './run-hub'

type Hear = (message: LiveMessage) => void
type Said = { attempt: number; text: string }

/** A run as its shared log tells it: what `runtime.watch` is for its own people. */
export const watchShared =
  (feed: ShareFeed, runtime: Pick<Runtime, 'watch'>, runId: string, onError: (error: unknown) => void) =>
  (hear: Hear): (() => void) => {
    const words = gatherWords(feed, (delta) => hear({ type: 'delta', runId, ...delta }))
    const leaveFeed = feed.onNews((events) => {
      hear({ type: 'events', runId, events })
      words.end(events)
    })
    const leaveRun = runtime.watch(runId, (message) => {
      if (message.type === 'delta') words.hear(message)
      else feed.take(message.events).catch(onError)
    })
    return () => {
      leaveRun()
      leaveFeed()
      words.close()
    }
  }

/**
 * Words on their way are masked as one text from their beginning, and only as far as nothing that follows can change
 * what is masked. What began before anybody listened is not shown until it is whole.
 */
function gatherWords(feed: ShareFeed, say: (delta: Delta) => void) {
  const streams = new Map<string, Stream>()
  const said = new Map<string, Said>()
  const fresh = new Set<string>()
  let timer: NodeJS.Timeout | null = null

  const tell = (key: string) => {
    const stream = streams.get(key)
    const path = stream && feed.streamAt(stream.path)
    if (!stream || !path || stream.from > 0) return
    const mask = feed.mask()
    const text = mask.text(stream.text.slice(0, mask.settled(stream.text)))
    const known = said.get(key)
    const before = known?.attempt === stream.attempt ? known.text : ''
    if (text.length <= before.length || !text.startsWith(before)) return
    said.set(key, { attempt: stream.attempt, text })
    const { step, attempt } = stream
    say({ path, step, attempt, offset: before.length, text: text.slice(before.length) })
  }
  const tick = () => {
    timer = null
    for (const key of fresh) tell(key)
    fresh.clear()
  }
  return {
    hear: (delta: Delta) => {
      const key = streamKey(delta)
      streams.set(key, hearDelta(streams.get(key), delta))
      fresh.add(key)
      timer ??= setTimeout(tick, deltaEveryMs)
    },
    end: (events: readonly WireEvent[]) => {
      for (const [key, stream] of streams) {
        const path = feed.streamAt(stream.path)
        if (path !== null && !events.some((event) => endsStream(event, { ...stream, path }))) continue
        streams.delete(key)
        said.delete(key)
        fresh.delete(key)
      }
    },
    close: () => {
      if (timer) clearTimeout(timer)
    },
  }
}

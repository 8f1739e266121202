import type { RunEvent } from '@/engine/run/events'
import type { Actor } from '@/server/people/actor'
import { findRun, isOverText } from '@/server/runs/find-run'
import { eventPageSize } from '@/server/runs/list-events'
import { readEvents } from '@/server/runs/read-events'
import type { Deps } from '@/server/use-case'

type Follow = { id: string; after: number; signal: AbortSignal; everyMs?: number }

const heardLimit = 2_000
/** Also the pace of heartbeats: an empty batch says that the connection is alive. */
const lookEveryMs = 10_000

/**
 * Everything after a seq, in order, until the run is over. First it listens, then it reads the log; what was heard goes
 * on behind it. A gap, or too much heard while the other side was slow, is read from the log again.
 */
export async function* followRun(
  deps: Deps,
  actor: Actor,
  { id, after, signal, everyMs = lookEveryMs }: Follow,
): AsyncGenerator<readonly RunEvent[]> {
  const ear = listen(deps, id)
  let seq = after
  try {
    while (!signal.aborted) {
      const run = await findRun(deps, actor, id)
      if (!run) return
      const page = await readEvents(deps, id, seq, eventPageSize)
      seq = page.at(-1)?.seq ?? seq
      yield page
      if (page.length === eventPageSize) continue
      if (isOverText(run.status)) return
      for (;;) {
        const next = ear.take(seq)
        if (next === 'gap') break
        if (next.length === 0) {
          if (!(await ear.wait(signal, everyMs))) break
          continue
        }
        seq = next.at(-1)?.seq ?? seq
        yield next
        if (next.some(endsRun)) break
      }
    }
  } finally {
    ear.close()
  }
}

const endsRun = ({ type }: RunEvent): boolean =>
  type === 'run.completed' || type === 'run.failed' || type === 'run.cancelled'

function listen({ runtime }: Deps, id: string) {
  let heard: RunEvent[] = []
  let overflown = false
  let wake = () => {}
  const close = runtime.watch(id, (message) => {
    if (message.type !== 'events') return
    if (heard.length > heardLimit) {
      heard = []
      overflown = true
    } else heard.push(...message.events)
    wake()
  })
  return {
    close,
    take: (seq: number): RunEvent[] | 'gap' => {
      const events = heard.filter((event) => event.seq > seq)
      const isGap = overflown || events.some((event, index) => event.seq !== seq + 1 + index)
      heard = []
      overflown = false
      return isGap ? 'gap' : events
    },
    /** True when something was heard; false after the time, or when nobody listens any more. */
    wait: (signal: AbortSignal, ms: number) =>
      new Promise<boolean>((resolve) => {
        if (heard.length > 0 || overflown) return resolve(true)
        const finish = (isNews: boolean) => {
          clearTimeout(timer)
          signal.removeEventListener('abort', stop)
          wake = () => {}
          resolve(isNews)
        }
        const stop = () => finish(false)
        const timer = setTimeout(stop, ms)
        signal.addEventListener('abort', stop, { once: true })
        wake = () => finish(true)
        if (signal.aborted) stop()
      }),
  }
}

import type { RuntimeDeps } from './deps'
import type { Drive } from './drive'
import { isSettled } from './flush'
import { followRuns } from './followed'
import type { Hub } from './hub'
import { createOutbox } from './outbox'
import { readNotice } from './relay-wire'

const announceEveryMs = 5_000
/** A process that doesn't repeat what it watches is gone. */
const forgetAfterMs = 15_000

export type Relay = {
  /** Like the hub of this process, but it also hears of runs that are driven elsewhere, and is heard there. */
  hub: Hub
  hear: (payload: string) => void
  /** Nothing was heard for a while. */
  catchUp: () => void
  /** This process drives the run from now on. */
  driven: (drive: Drive) => void
  /** Resolves when somebody says that the run settled, when this process begins to drive it, or after a time. */
  settles: (runId: string, ms: number, signal: AbortSignal) => Promise<void>
  stop: () => void
}

type Driven = (runId: string) => Drive | undefined
type Options = Pick<RuntimeDeps, 'pool' | 'hub' | 'processId' | 'report'> & {
  driveOf: Driven /** No other process. */
  alone: boolean
}

/** Which processes want to hear of which runs, and until when that holds. */
function createInterest() {
  const runs = new Map<string, Map<string, number>>()
  return {
    add: (runId: string, from: string) => {
      const known = runs.get(runId) ?? new Map<string, number>()
      known.set(from, performance.now() + forgetAfterMs)
      runs.set(runId, known)
    },
    remove: (runId: string, from: string) => {
      const known = runs.get(runId)
      known?.delete(from)
      if (known?.size === 0) runs.delete(runId)
    },
    forget: (runId: string) => runs.delete(runId),
    has: (runId: string) => runs.has(runId),
    prune: () => {
      const now = performance.now()
      for (const [runId, known] of runs) {
        for (const [from, until] of known) if (until < now) known.delete(from)
        if (known.size === 0) runs.delete(runId)
      }
    },
  }
}

/**
 * Between processes goes "run X is at seq N", and only for runs that somebody watches elsewhere; the events themselves
 * are fetched from the log. With a single process nothing is sent at all.
 */
export function createRelay({ pool, hub: local, processId, report, driveOf, alone }: Options): Relay {
  const onError = (error: unknown) => report(error, { doing: 'live' })
  const outbox = createOutbox(pool, processId, onError)
  const followed = followRuns(pool, local, onError)
  const watchers = createInterest()
  const waiting = createInterest()
  const awaited = new Map<string, Set<() => void>>()

  const tellAwaiting = (runId: string) => {
    for (const tell of awaited.get(runId) ?? []) tell()
  }

  /** Somebody elsewhere waits for a run that is driven here. */
  const promise = (drive: Drive) => {
    const tell = () => {
      waiting.forget(drive.runId)
      outbox.say('settled', drive.runId)
    }
    if (isSettled(drive) && drive.written === drive.state.seq) tell()
    else drive.waiters.add(tell)
  }

  const catchUp = () => {
    for (const runId of followed.ids()) outbox.say('watch', runId)
    for (const runId of awaited.keys()) outbox.say('await', runId)
    for (const runId of awaited.keys()) tellAwaiting(runId)
    followed.look(followed.ids()).catch(onError)
  }

  const hear = (payload: string) => {
    const notice = readNotice(payload)
    if (!notice || notice.from === processId) return
    if ('at' in notice) for (const [runId, seq] of notice.at) followed.reached(runId, seq)
    else if ('delta' in notice) local.say({ type: 'delta', ...notice.delta })
    else if ('settled' in notice) notice.settled.forEach(tellAwaiting)
    else if ('unwatch' in notice) for (const runId of notice.unwatch) watchers.remove(runId, notice.from)
    else if ('watch' in notice) {
      for (const runId of notice.watch) {
        watchers.add(runId, notice.from)
        const drive = driveOf(runId)
        if (drive) outbox.at(runId, drive.written)
      }
    } else if ('await' in notice) {
      for (const runId of notice.await) {
        const known = waiting.has(runId)
        waiting.add(runId, notice.from)
        const drive = known ? undefined : driveOf(runId)
        if (drive) promise(drive)
      }
    } else for (const runId of followed.ids()) outbox.say('watch', runId)
  }

  const timer = alone
    ? null
    : setInterval(() => {
        watchers.prune()
        waiting.prune()
        catchUp()
      }, announceEveryMs)
  if (!alone) outbox.hello()

  const hub: Hub = {
    watch: (runId, hearIt) => {
      const leave = local.watch(runId, hearIt)
      if (!alone && !followed.has(runId)) {
        followed.add(runId)
        outbox.say('watch', runId)
        followed.look([runId]).catch(onError)
      }
      return () => {
        leave()
        if (alone || local.isWatched(runId) || !followed.has(runId)) return
        followed.remove(runId)
        outbox.say('unwatch', runId)
      }
    },
    isWatched: (runId) => local.isWatched(runId) || watchers.has(runId),
    say: (message) => {
      const { runId } = message
      if (message.type === 'delta') {
        local.say(message)
        const { type: _, ...delta } = message
        if (watchers.has(runId)) outbox.delta(delta)
        return
      }
      if (alone) local.say(message)
      else followed.events(runId, message.events)
      const last = message.events.at(-1)
      if (last && watchers.has(runId)) outbox.at(runId, last.seq)
    },
  }

  return {
    hub,
    hear,
    catchUp,
    driven: (drive) => {
      tellAwaiting(drive.runId)
      if (waiting.has(drive.runId)) promise(drive)
    },
    settles: (runId, ms, signal) =>
      new Promise((resolve) => {
        const tellers = awaited.get(runId) ?? new Set()
        const finish = () => {
          clearTimeout(limit)
          signal.removeEventListener('abort', finish)
          tellers.delete(finish)
          if (tellers.size === 0 && awaited.get(runId) === tellers) awaited.delete(runId)
          resolve()
        }
        const limit = setTimeout(finish, ms)
        signal.addEventListener('abort', finish, { once: true })
        tellers.add(finish)
        if (!awaited.has(runId)) {
          awaited.set(runId, tellers)
          if (!alone) outbox.say('await', runId)
        }
      }),
    stop: () => {
      if (timer) clearInterval(timer)
      outbox.stop()
    },
  }
}

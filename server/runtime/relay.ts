import { type Awaited, createAwaited } from './awaited'
import type { RuntimeDeps } from './deps'
import type { Drive } from './drive'
import { type FollowedRuns, followRuns } from './followed'
import type { Hub } from './hub'
import { createInterest, type Interest } from './interest'
import { createOutbox, type Outbox } from './outbox'
import { readNotice } from './relay-wire'

const announceEveryMs = 5_000

export type Relay = {
  /** Like the hub of this process, but it also hears of runs that are driven elsewhere, and is heard there. */
  hub: Hub
  hear: (payload: string) => void
  /** Nothing was heard for a while. */
  catchUp: () => void
  /** This process drives the run from now on. */
  driven: (drive: Drive) => void
  settles: Awaited['settles']
  stop: () => void
}

type Options = Pick<RuntimeDeps, 'pool' | 'hub' | 'processId' | 'report'> & {
  driveOf: (runId: string) => Drive | undefined
  /** There is no other process. */
  alone: boolean
}

type Parts = {
  local: Hub
  outbox: Outbox
  followed: FollowedRuns
  /** Of other processes. */
  watchers: Interest
  awaited: Awaited
}

/**
 * Between processes goes "run X is at seq N", and only for runs that somebody watches elsewhere; the events themselves
 * are fetched from the log. With a single process nothing is sent at all.
 */
export function createRelay({ pool, hub: local, processId, report, driveOf, alone }: Options): Relay {
  const onError = (error: unknown) => report(error, { doing: 'live' })
  const outbox = createOutbox(pool, processId, onError)
  const followed = followRuns(pool, local, onError)
  const awaited = createAwaited(alone ? null : outbox)
  const { settles, driven } = awaited
  if (alone) return { hub: local, hear: () => {}, catchUp: () => {}, driven, settles, stop: () => {} }

  const parts: Parts = { local, outbox, followed, watchers: createInterest(), awaited }
  const catchUp = () => {
    for (const runId of followed.ids()) outbox.say('watch', runId)
    for (const runId of awaited.ids()) {
      outbox.say('await', runId)
      awaited.tell(runId)
    }
    followed.look(followed.ids()).catch(onError)
  }
  const timer = setInterval(() => {
    parts.watchers.prune()
    awaited.prune()
    catchUp()
  }, announceEveryMs)
  outbox.hello()

  return {
    hub: relayHub(parts, onError),
    hear: (payload) => hear(parts, payload, { processId, driveOf }),
    catchUp,
    driven,
    settles,
    stop: () => {
      clearInterval(timer)
      outbox.stop()
    },
  }
}

function hear(
  { local, outbox, followed, watchers, awaited }: Parts,
  payload: string,
  { processId, driveOf }: Pick<Options, 'processId' | 'driveOf'>,
): void {
  const notice = readNotice(payload)
  if (!notice || notice.from === processId) return
  const { from } = notice
  if ('at' in notice) for (const [runId, seq] of notice.at) followed.reached(runId, seq)
  if ('delta' in notice) local.say({ type: 'delta', ...notice.delta })
  if ('settled' in notice) notice.settled.forEach(awaited.tell)
  if ('unwatch' in notice) for (const runId of notice.unwatch) watchers.remove(runId, from)
  if ('await' in notice) for (const runId of notice.await) awaited.wantedBy(runId, from, driveOf(runId))
  if ('hello' in notice) for (const runId of followed.ids()) outbox.say('watch', runId)
  if (!('watch' in notice)) return
  for (const runId of notice.watch) {
    watchers.add(runId, from)
    const drive = driveOf(runId)
    if (drive) outbox.at(runId, drive.written)
  }
}

function relayHub({ local, outbox, followed, watchers }: Parts, onError: (error: unknown) => void): Hub {
  return {
    watch: (runId, hearIt) => {
      const leave = local.watch(runId, hearIt)
      if (!followed.has(runId)) {
        followed.add(runId)
        outbox.say('watch', runId)
        followed.look([runId]).catch(onError)
      }
      return () => {
        leave()
        if (local.isWatched(runId) || !followed.has(runId)) return
        followed.remove(runId)
        outbox.say('unwatch', runId)
      }
    },
    isWatched: (runId) => local.isWatched(runId) || watchers.has(runId),
    say: (message) => {
      const { runId } = message
      const isWatchedElsewhere = watchers.has(runId)
      if (message.type === 'delta') {
        const { type: _, ...delta } = message
        local.say(message)
        if (isWatchedElsewhere) outbox.delta(delta)
        return
      }
      followed.events(runId, message.events)
      const last = message.events.at(-1)
      if (last && isWatchedElsewhere) outbox.at(runId, last.seq)
    },
  }
}

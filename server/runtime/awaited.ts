import type { Drive } from './drive'
import { isSettled } from './flush'
import { createInterest } from './interest'
import type { Outbox } from './outbox'

export type Awaited = {
  /** Resolves when somebody says that the run settled, when this process begins to drive it, or after a time. */
  settles: (runId: string, ms: number, signal: AbortSignal) => Promise<void>
  /** Look again: the run settled elsewhere, is driven here now, or nobody knows. */
  tell: (runId: string) => void
  ids: () => string[]
  /** Somebody elsewhere waits for the run. */
  wantedBy: (runId: string, from: string, drive: Drive | undefined) => void
  driven: (drive: Drive) => void
  prune: () => void
}

/** Waiting for runs to settle that another process drives. `outbox` is null when there is no other process. */
export function createAwaited(outbox: Outbox | null): Awaited {
  const here = new Map<string, Set<() => void>>()
  const elsewhere = createInterest()

  const tell = (runId: string) => {
    for (const finish of here.get(runId) ?? []) finish()
  }
  const promise = (drive: Drive) => {
    const say = () => {
      elsewhere.forget(drive.runId)
      outbox?.say('settled', drive.runId)
    }
    if (isSettled(drive) && drive.written === drive.state.seq) say()
    else drive.waiters.add(say)
  }

  return {
    tell,
    ids: () => [...here.keys()],
    prune: elsewhere.prune,
    wantedBy: (runId, from, drive) => {
      const known = elsewhere.has(runId)
      elsewhere.add(runId, from)
      if (drive && !known) promise(drive)
    },
    driven: (drive) => {
      tell(drive.runId)
      if (elsewhere.has(drive.runId)) promise(drive)
    },
    settles: (runId, ms, signal) =>
      new Promise((resolve) => {
        const waiting = here.get(runId) ?? new Set()
        const finish = () => {
          clearTimeout(limit)
          signal.removeEventListener('abort', finish)
          waiting.delete(finish)
          if (waiting.size === 0 && here.get(runId) === waiting) here.delete(runId)
          resolve()
        }
        const limit = setTimeout(finish, ms)
        signal.addEventListener('abort', finish, { once: true })
        waiting.add(finish)
        if (here.has(runId)) return
        here.set(runId, waiting)
        outbox?.say('await', runId)
      }),
  }
}

import { isAway } from '@/server/db/is-away'
import type { RuntimeDeps } from './deps'

/**
 * That the database is away for a while is no failure of a node: what needed it is tried again when it is back. Only for
 * work that does nothing else before it has asked the database.
 */
export async function patiently<T>(deps: RuntimeDeps, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let waitMs = 50; ; waitMs = Math.min(waitMs * 2, 1_000)) {
    try {
      return await work()
    } catch (error) {
      if (!isAway(error) || signal.aborted) throw error
      deps.report(error, { doing: 'waiting for the database' })
    }
    await new Promise((resolve) => setTimeout(resolve, waitMs))
    if (signal.aborted) throw signal.reason
  }
}

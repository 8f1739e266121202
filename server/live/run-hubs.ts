import type { Runtime } from '@/server/runtime/types'
import { openHub, type RunHub } from './run-hub'

/** One hub for each run that somebody watches here. */
export function keepHubs(runtime: Pick<Runtime, 'watch'>): (runId: string) => RunHub {
  const hubs = new Map<string, RunHub>()
  return (runId) => {
    const known = hubs.get(runId)
    if (known) return known
    const hub = openHub(
      (hear) => runtime.watch(runId, hear),
      () => hubs.delete(runId),
    )
    hubs.set(runId, hub)
    return hub
  }
}

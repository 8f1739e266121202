/** A process that doesn't repeat what it is interested in is gone. */
const forgetAfterMs = 15_000

export type Interest = {
  add: (runId: string, from: string) => void
  remove: (runId: string, from: string) => void
  forget: (runId: string) => void
  has: (runId: string) => boolean
  prune: () => void
}

/** Which other processes want to hear of which runs, and until when that holds. */
export function createInterest(): Interest {
  const runs = new Map<string, Map<string, number>>()
  return {
    add: (runId, from) => {
      const known = runs.get(runId) ?? new Map<string, number>()
      known.set(from, performance.now() + forgetAfterMs)
      runs.set(runId, known)
    },
    remove: (runId, from) => {
      const known = runs.get(runId)
      known?.delete(from)
      if (known?.size === 0) runs.delete(runId)
    },
    forget: (runId) => void runs.delete(runId),
    has: (runId) => runs.has(runId),
    prune: () => {
      const now = performance.now()
      for (const [runId, known] of runs) {
        for (const [from, until] of known) if (until < now) known.delete(from)
        if (known.size === 0) runs.delete(runId)
      }
    },
  }
}

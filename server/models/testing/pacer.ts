/** Something that writes one piece at each of its due times. */
type Paced = { dueAt: number; everyMs: number; write: (count: number) => 'more' | 'end' }

/**
 * One timer for all streams: 200 streams at 5 ms a token would be 40,000 timer callbacks a second. A late tick writes what
 * has become due in one piece, so that a stream keeps to its schedule instead of drifting.
 */
export function startPacer() {
  const active = new Set<Paced>()
  let timer: NodeJS.Timeout | undefined

  const tick = () => {
    const now = performance.now()
    for (const paced of active) {
      if (paced.dueAt > now) continue
      const count = paced.everyMs > 0 ? Math.floor((now - paced.dueAt) / paced.everyMs) + 1 : Number.POSITIVE_INFINITY
      if (paced.everyMs > 0) paced.dueAt += count * paced.everyMs
      if (paced.write(count) === 'end') active.delete(paced)
    }
    if (active.size > 0) return
    clearInterval(timer)
    timer = undefined
  }

  return {
    add(paced: Paced): () => void {
      active.add(paced)
      timer ??= setInterval(tick, 1)
      return () => active.delete(paced)
    },
    stop() {
      active.clear()
      clearInterval(timer)
      timer = undefined
    },
  }
}
export type Pacer = ReturnType<typeof startPacer>

/** Ends a call when the caller cancels it or the endpoint goes quiet, and remembers which of the two it was. */
export type Watch = {
  signal: AbortSignal
  ended: () => 'running' | 'cancelled' | 'stalled'
  /** Something arrived: the next piece has `idleMs` from now. Called for every chunk. */
  touch: () => void
  stop: () => void
}

export function startWatch(caller: AbortSignal, firstMs: number, idleMs: number): Watch {
  const controller = new AbortController()
  let ended: 'running' | 'cancelled' | 'stalled' = 'running'
  const end = (reason: 'cancelled' | 'stalled') => {
    if (ended !== 'running') return
    ended = reason
    controller.abort()
  }
  const cancel = () => end('cancelled')
  const stall = () => end('stalled')
  let timer = setTimeout(stall, firstMs)
  let begun = false
  if (caller.aborted) cancel()
  else caller.addEventListener('abort', cancel, { once: true })
  return {
    signal: controller.signal,
    ended: () => ended,
    touch() {
      if (begun) return void timer.refresh()
      begun = true
      clearTimeout(timer)
      timer = setTimeout(stall, idleMs)
    },
    stop() {
      clearTimeout(timer)
      caller.removeEventListener('abort', cancel)
    },
  }
}

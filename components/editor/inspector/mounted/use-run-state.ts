'use client'
import { useEffect, useState } from 'react'
import { createRunStore } from '@/components/live/run-store'
import { liveSocket } from '@/components/live/socket'
import type { RunState } from '@/engine/run/state'

const nextFrame = (draw: () => void): void => {
  if (document.hidden) setTimeout(draw, 250)
  else requestAnimationFrame(draw)
}

/** The state of a run, followed while it goes on; null until its log has been read. Words on their way are left out. */
export function useRunState(runId: string | null): RunState | null {
  const [known, setKnown] = useState<{ runId: string; state: RunState } | null>(null)
  useEffect(() => {
    if (runId === null) return
    const store = createRunStore({ runId, socket: liveSocket(), nextFrame })
    const stop = store.subscribe(({ phase, state }, before) => {
      if (phase === 'ready' && (state !== before.state || before.phase !== 'ready')) setKnown({ runId, state })
    })
    const close = store.open()
    return () => {
      stop()
      close()
    }
  }, [runId])
  return known !== null && known.runId === runId ? known.state : null
}

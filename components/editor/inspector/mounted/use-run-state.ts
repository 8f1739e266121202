'use client'
import { useEffect, useState } from 'react'
import { createRunStore } from '@/components/live/run-store'
import { liveSocket } from '@/components/live/socket'
import type { RunState } from '@/engine/run/state'

/** Values to read, not to watch: a form that is drawn again in every frame is in the way of all else. */
const everyMs = 250
const nextLook = (draw: () => void): void => void setTimeout(draw, everyMs)

/** The state of a run, followed while it goes on; null until its log has been read. Words on their way are left out. */
export function useRunState(runId: string | null): RunState | null {
  const [known, setKnown] = useState<{ runId: string; state: RunState } | null>(null)
  useEffect(() => {
    if (runId === null) return
    const store = createRunStore({ runId, socket: liveSocket(), nextFrame: nextLook })
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

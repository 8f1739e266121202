'use client'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { StoreApi } from 'zustand'
import { useStore } from 'zustand'
import { createRunStore, type RunView } from './run-store'
import { liveSocket } from './socket'

const RunContext = createContext<StoreApi<RunView> | null>(null)

/** A hidden tab gets no frames, but should not fall behind for ever. */
const nextFrame = (draw: () => void): void => {
  if (document.hidden) setTimeout(draw, 250)
  else requestAnimationFrame(draw)
}

/** Watches a run for everything inside. */
export function LiveRun({ runId, children }: { runId: string; children: ReactNode }) {
  const store = useRun(runId)
  return store && <RunContext value={store}>{children}</RunContext>
}

/** The live view of a run; null on the server and in the first moment. */
export function useRun(runId: string): StoreApi<RunView> | null {
  const [opened, setOpened] = useState<{ runId: string; store: StoreApi<RunView> } | null>(null)
  useEffect(() => {
    const store = createRunStore({ runId, socket: liveSocket(), nextFrame })
    setOpened({ runId, store })
    return store.open()
  }, [runId])
  return opened?.runId === runId ? opened.store : null
}

export function useRunView<T>(select: (view: RunView) => T): T {
  const store = useContext(RunContext)
  if (!store) throw new Error('useRunView is used outside of LiveRun')
  return useStore(store, select)
}

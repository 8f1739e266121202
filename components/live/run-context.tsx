'use client'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { StoreApi } from 'zustand'
import { useStore } from 'zustand'
import { useNow } from '@/components/ui/use-now'
import { ownPace } from './own-pace'
import { createRunStore, type RunView } from './run-store'
import { liveSocket } from './socket'

const RunContext = createContext<StoreApi<RunView> | null>(null)

/** Where everything inside gets its view of a run from: a socket, a recording, a moment of the past. */
export const RunProvider = RunContext.Provider

/** Watches a run for everything inside. */
export function LiveRun({ runId, children }: { runId: string; children: ReactNode }) {
  const store = useRun(runId)
  return store && <RunContext value={store}>{children}</RunContext>
}

/** The live view of a run; null on the server, in the first moment, and where there is no run. */
export function useRun(runId: string | null): StoreApi<RunView> | null {
  const [opened, setOpened] = useState<{ runId: string; store: StoreApi<RunView> } | null>(null)
  useEffect(() => {
    if (runId === null) return
    const store = createRunStore({ runId, socket: liveSocket(), nextFrame: ownPace() })
    setOpened({ runId, store })
    return store.open()
  }, [runId])
  return opened?.runId === runId ? opened.store : null
}

/** Is there a run to show here? The builder's canvas has one only after somebody pressed Run. */
export const useHasRun = (): boolean => useContext(RunContext) !== null

export function useRunStore(): StoreApi<RunView> {
  const store = useContext(RunContext)
  if (!store) throw new Error('This is used outside of a run')
  return store
}

/** Ask for as little as possible: what is asked for decides when the component is drawn again. */
export const useRunView = <T,>(select: (view: RunView) => T): T => useStore(useRunStore(), select)

/** The whole view, a few times a second: for panels that are made of all of it. */
export function useSlowRunView(everyMs = 150): RunView {
  const store = useRunStore()
  const [view, setView] = useState(() => store.getState())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    let isStale = false
    const draw = () => {
      setView(store.getState())
      isStale = false
      timer = setTimeout(() => {
        timer = null
        if (isStale) draw()
      }, everyMs)
    }
    const leave = store.subscribe(() => {
      isStale = true
      if (timer === null) draw()
    })
    draw()
    return () => {
      leave()
      if (timer !== null) clearTimeout(timer)
    }
  }, [store, everyMs])
  return view
}

/** The time at the moment that is shown, by the server's clock. */
export function useRunNow(pace: 'second' | 'minute' = 'second'): number {
  const at = useRunView((view) => view.at)
  const skew = useRunView((view) => view.clockSkew)
  const now = useNow(pace)
  return at ?? now + skew
}

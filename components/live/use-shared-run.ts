'use client'
import { useEffect, useState } from 'react'
import type { StoreApi } from 'zustand'
import type { WireEvent } from '@/engine/run/wire'
import { ownPace } from './own-pace'
import { createRunStore, type RunView } from './run-store'
import { shareSocket } from './socket'

type Options = { token: string; proof: string | null; events: readonly WireEvent[] }

/**
 * The view of a run by a share link: what came with the page, then what happens. It listens also to a run that is over:
 * whoever looks is told when the link ends.
 */
export function useSharedRun({ token, proof, events }: Options): StoreApi<RunView> | null {
  const [store, setStore] = useState<StoreApi<RunView> | null>(null)
  useEffect(() => {
    const socket = shareSocket(proof)
    const opened = createRunStore({ runId: token, socket, nextFrame: ownPace(), known: events })
    setStore(opened)
    const close = opened.open()
    return () => {
      close()
      socket.disconnect()
    }
  }, [token, proof, events])
  return store
}

'use client'
import { useSyncExternalStore } from 'react'
import { useSharedRun } from './use-shared-run'

const none = [] as const

/** Has the link ended? Whoever looks at a workflow is told, as those are who look at a run. */
export function useShareEnded({ token, proof }: { token: string; proof: string | null }): boolean {
  const store = useSharedRun({ token, proof, events: none })
  const read = () => store?.getState().phase === 'gone'
  return useSyncExternalStore(
    (hear) => store?.subscribe(hear) ?? (() => {}),
    read,
    () => false,
  )
}

'use client'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { readAddress, writeAddress } from '@/components/run/replay/address'
import type { Comparison, NodeComparison } from './compare-runs'

type Compared = {
  /** The other run; null: nothing is compared. */
  otherId: string | null
  comparison: Comparison | null
  byId: ReadonlyMap<string, NodeComparison>
}
export type CompareStore = StoreApi<Compared> & {
  compareWith: (otherId: string | null) => void
  show: (comparison: Comparison | null) => void
}

const none = { comparison: null, byId: new Map<string, NodeComparison>() }
const CompareContext = createContext<CompareStore | null>(null)

export function CompareProvider({ children }: { children: ReactNode }) {
  const [store] = useState<CompareStore>(() => {
    const compared = createStore<Compared>(() => ({ otherId: readAddress().with, ...none }))
    return {
      ...compared,
      compareWith: (otherId) => {
        compared.setState({ otherId, ...none })
        writeAddress({ with: otherId })
      },
      show: (comparison) =>
        compared.setState({ comparison, byId: new Map(comparison?.nodes.map((node) => [node.id, node])) }),
    }
  })
  return <CompareContext value={store}>{children}</CompareContext>
}

const nothing = createStore<Compared>(() => ({ otherId: null, ...none }))

/** Null where runs can't be compared (the dock of the builder). */
export const useCompare = (): CompareStore | null => useContext(CompareContext)

export const useCompared = <T,>(select: (compared: Compared) => T): T => useStore(useCompare() ?? nothing, select)

/** Makes a comparison known to the cards on the canvas for as long as it is shown. */
export function useShowComparison(comparison: Comparison | null): void {
  const compare = useCompare()
  useEffect(() => {
    compare?.show(comparison)
    return () => compare?.show(null)
  }, [compare, comparison])
}

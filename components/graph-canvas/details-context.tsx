'use client'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'

/** Has anybody been near enough to read what is on the cards? */
type Details = StoreApi<{ wereNear: boolean }>

const DetailsContext = createContext<Details | null>(null)

/**
 * Cards that nobody could read yet are blocks with a name. A graph so large that it begins far away is there, and can be
 * moved, in half the time.
 */
export function DetailsProvider({ children }: { children: ReactNode }) {
  const [details] = useState(() => createStore(() => ({ wereNear: false })))
  return <DetailsContext value={details}>{children}</DetailsContext>
}

export function useDetails(): Details {
  const details = useContext(DetailsContext)
  if (details === null) throw new Error('This belongs onto a canvas.')
  return details
}

export const useIsDetailed = (): boolean => useStore(useDetails(), ({ wereNear }) => wereNear)

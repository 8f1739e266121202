'use client'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'

/** On which cards is drawn what stands on them? On none as long as nobody has been near enough to read it. */
export type Details = StoreApi<{ drawn: ReadonlySet<string> | 'all' }>

const DetailsContext = createContext<Details | null>(null)

/**
 * Cards that nobody could read yet are blocks with a name. A graph so large that it begins far away is there, and can be
 * moved, in half the time.
 */
export function DetailsProvider({ children }: { children: ReactNode }) {
  const [details] = useState(() => createStore(() => ({ drawn: nothing })))
  return <DetailsContext value={details}>{children}</DetailsContext>
}

const nothing: ReadonlySet<string> | 'all' = new Set()

export function useDetails(): Details {
  const details = useContext(DetailsContext)
  if (details === null) throw new Error('This belongs onto a canvas.')
  return details
}

export const useIsDetailed = (id: string): boolean =>
  useStore(useDetails(), ({ drawn }) => drawn === 'all' || drawn.has(id))

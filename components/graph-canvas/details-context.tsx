'use client'
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { createDetails, type Details } from './details'

const DetailsContext = createContext<Details | null>(null)

const whenIdle = (work: () => void): (() => void) => {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, 30)
    return () => clearTimeout(timer)
  }
  const asked = requestIdleCallback(work, { timeout: 300 })
  return () => cancelIdleCallback(asked)
}

export function DetailsProvider({ children }: { children: ReactNode }) {
  const [details] = useState(() => createDetails(whenIdle))
  useEffect(() => details.stop, [details])
  return <DetailsContext value={details}>{children}</DetailsContext>
}

const never = () => () => {}

/** May this card be drawn whole already? */
export function useIsDetailed(): boolean {
  const details = useContext(DetailsContext)
  const [number] = useState(() => details?.take() ?? 0)
  const read = () => details === null || number < details.shown.getState().count
  return useSyncExternalStore(details?.shown.subscribe ?? never, read, read)
}

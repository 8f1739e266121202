'use client'
import { useSyncExternalStore } from 'react'

const query = '(min-width: 1024px)'
const subscribe = (hear: () => void) => {
  const media = window.matchMedia(query)
  media.addEventListener('change', hear)
  return () => media.removeEventListener('change', hear)
}

/** Is there room for a panel at the side? */
export const useIsWide = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
    () => true,
  )

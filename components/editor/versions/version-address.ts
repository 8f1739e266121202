'use client'
import { useEffect, useState } from 'react'
import type { Against } from './version-words'

/** Which version is looked at, beside what. */
export type Looking = { version: number | null; against: Against }

/** `?tab=versions&version=3&against=draft`: a link leads to the very same comparison. */
export function readLooking(search: string): Looking {
  const params = new URLSearchParams(search)
  const against = params.get('against')
  return {
    version: readNumber(params.get('version')),
    against: against === 'draft' ? 'draft' : (readNumber(against) ?? 'nothing'),
  }
}

export function writeLooking(url: URL, { version, against }: Looking): void {
  if (version === null) url.searchParams.delete('version')
  else url.searchParams.set('version', String(version))
  if (version === null || against === 'nothing') url.searchParams.delete('against')
  else url.searchParams.set('against', String(against))
}

const readNumber = (text: string | null): number | null =>
  text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null

export function useLooking(): [Looking, (looking: Looking) => void] {
  const [looking, setLooking] = useState(() => readLooking(window.location.search))
  useEffect(() => {
    const hear = () => setLooking(readLooking(window.location.search))
    window.addEventListener('popstate', hear)
    return () => window.removeEventListener('popstate', hear)
  }, [])
  const go = (next: Looking) => {
    const url = new URL(window.location.href)
    writeLooking(url, next)
    window.history.pushState(null, '', url)
    setLooking(next)
  }
  return [looking, go]
}

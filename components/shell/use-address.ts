'use client'
import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useState } from 'react'

export type Address = { readonly [name: string]: string | null }

/** Only parts that are set stand in the address. */
export function withParts(href: string, parts: Address): string {
  const url = new URL(href)
  for (const [name, value] of Object.entries(parts)) {
    if (value === null || value === '') url.searchParams.delete(name)
    else url.searchParams.set(name, value)
  }
  // A comma needs no escape there, and an address with several states is read by people.
  url.search = url.searchParams.toString().replaceAll('%2C', ',')
  return url.href
}

type Given = Pick<URLSearchParams, 'get'>

const readParts = (given: Given, names: readonly string[]): Address =>
  Object.fromEntries(names.map((name) => [name, given.get(name)]))

/**
 * What a list is looked at by is part of the address: it can be linked to, and is there again when one comes back. `push`
 * makes a step that the back button undoes. Only for what is not drawn on the server.
 */
export function useAddress<N extends string>(...names: readonly N[]) {
  type Parts = { readonly [name in N]: string | null }
  // Of the page that is being opened: the window still has the address of the one before while this is drawn first.
  const given = useSearchParams()
  const [parts, setParts] = useState(() => readParts(given, names) as Parts)
  const key = names.join()
  useEffect(() => {
    const follow = () => setParts(readParts(new URLSearchParams(window.location.search), key.split(',')) as Parts)
    window.addEventListener('popstate', follow)
    return () => window.removeEventListener('popstate', follow)
  }, [key])
  const put = useCallback((change: Partial<Parts>, how: 'replace' | 'push' = 'replace') => {
    const href = withParts(window.location.href, change as Address)
    if (href !== window.location.href) {
      if (how === 'push') window.history.pushState(window.history.state, '', href)
      else window.history.replaceState(window.history.state, '', href)
    }
    setParts((before) => ({ ...before, ...change }))
  }, [])
  return [parts, put] as const
}

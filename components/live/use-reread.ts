'use client'
import { type QueryFilters, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

type Reading = {
  /** Another one: something in there is not as it was. */
  stamp: string | null | undefined
  of: QueryFilters
  /** Somebody asked for the next page, which would be dropped; it comes first. */
  isFetchingMore: boolean
}

/** Reads again what the server says has changed, while somebody looks at it. */
export function useReread({ stamp, of, isFetchingMore }: Reading): void {
  const queryClient = useQueryClient()
  const known = useRef(stamp)
  const filter = useRef(of)
  filter.current = of
  useEffect(() => {
    if (stamp === undefined || stamp === known.current || isFetchingMore) return
    known.current = stamp
    void queryClient.invalidateQueries(filter.current)
  }, [stamp, isFetchingMore, queryClient])
}

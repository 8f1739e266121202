'use client'
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTRPC } from '@/components/api/trpc'
import { useInbox } from '@/components/live/inbox'

/** What waits for a person, the longest waiting first, kept up to date while one looks. */
export function useApprovals() {
  const trpc = useTRPC()
  const list = useInfiniteQuery(
    trpc.approvals.list.infiniteQueryOptions(
      { limit: 50 },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  )
  useRefreshWhenChanged()
  return { list, items: list.data?.pages.flatMap((page) => page.items) }
}

/** The list and every question that is open on the page, as soon as something was asked or decided. */
function useRefreshWhenChanged(): void {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const stamp = useInbox()?.approvals.stamp
  const known = useRef(stamp)
  useEffect(() => {
    if (stamp === undefined || stamp === known.current) return
    known.current = stamp
    void queryClient.invalidateQueries(trpc.approvals.pathFilter())
  }, [stamp, trpc, queryClient])
}

'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTRPC } from '@/components/api/trpc'
import { useInbox } from '@/components/live/inbox'
import { useReread } from '@/components/live/use-reread'

/** What waits for a person, the longest waiting first, kept up to date while one looks. */
export function useApprovals() {
  const trpc = useTRPC()
  const list = useInfiniteQuery(
    trpc.approvals.list.infiniteQueryOptions(
      { limit: 50 },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  )
  // The list and every question that is open on the page, as soon as something was asked or decided.
  const stamp = useInbox()?.approvals.stamp
  useReread({ stamp, of: trpc.approvals.pathFilter(), isFetchingMore: list.isFetchingNextPage })
  return { list, items: list.data?.pages.flatMap((page) => page.items) }
}

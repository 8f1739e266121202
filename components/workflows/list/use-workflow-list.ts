'use client'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { useTRPC } from '@/components/api/trpc'
import { useRunChanges } from '@/components/live/use-run-changes'
import { useAddress } from '@/components/shell/use-address'

export const sorts = { updated: 'Last changed', name: 'Name', run: 'Last run' } as const
export type Sort = keyof typeof sorts

/** `null`: all; `none`: what is in no folder. */
export type FolderChoice = string | null

export type Wish = { search: string; folder: FolderChoice; sort: Sort }

export function useWish() {
  const [{ search, folder, sort }, put] = useAddress('search', 'folder', 'sort')
  const wish: Wish = { search: search ?? '', folder, sort: sort === 'name' || sort === 'run' ? sort : 'updated' }
  const change = (part: Partial<Wish>) => {
    const next = { ...wish, ...part }
    put({ search: next.search, folder: next.folder, sort: next.sort === 'updated' ? null : next.sort })
  }
  return [wish, change] as const
}

/** The workflows that fit, with how their last runs went. */
export function useWorkflowList(wish: Wish) {
  const { folder, sort } = wish
  const search = useDeferredValue(wish.search.trim())
  const trpc = useTRPC()
  const list = useInfiniteQuery(
    trpc.workflows.cards.infiniteQueryOptions(
      { limit: 30, sort, ...(search !== '' && { search }), ...(folder !== null && { folder }) },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  )
  const items = list.data?.pages.flatMap((page) => page.items)
  const workflowIds = items?.map(({ id }) => id) ?? []
  const last = useQuery(
    trpc.runs.last.queryOptions(
      { workflowIds: workflowIds.slice(0, 200) },
      { enabled: workflowIds.length > 0, placeholderData: keepPreviousData },
    ),
  )
  useRunChanges(() => void (workflowIds.length > 0 && last.refetch({ cancelRefetch: false })))
  /** Undefined: not known yet. */
  const runsOf = (id: string) => last.data?.runs[id] ?? (last.isPending || last.isPlaceholderData ? undefined : [])
  return { list, items, runsOf }
}

'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { ListChecks, SearchX } from 'lucide-react'
import { useMemo } from 'react'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { useRunChanges } from '@/components/live/use-run-changes'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { EmptyState, SkeletonRows } from '@/components/ui/panel'
import { RunTable } from './run-table'
import { askFor, type RunWish } from './run-wish'

type Props = {
  wish: RunWish
  /** Nothing is left out that could be there. */
  all: boolean
  showWorkflow: boolean
  onShowAll: () => void
}

/** The runs that fit, newest first, kept up to date while one looks. What was there stays until the answer comes. */
export function RunResults({ wish, all, showWorkflow, onShowAll }: Props) {
  const trpc = useTRPC()
  const asked = useMemo(() => askFor(wish, Date.now()), [wish])
  const list = useInfiniteQuery(
    trpc.runs.list.infiniteQueryOptions(asked, {
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
    }),
  )
  useRunChanges(() => void list.refetch({ cancelRefetch: false }))
  const items = list.data?.pages.flatMap((page) => page.items)
  if (!items) {
    return list.error ? (
      <Notice tone="failed">{problemOf(list.error).detail}</Notice>
    ) : (
      <SkeletonRows rows={6} className="h-13" />
    )
  }
  const isEmpty = items.length === 0 && !list.isPlaceholderData
  return (
    <>
      {isEmpty && (all ? <NoRun /> : <NoMatch onShowAll={onShowAll} />)}
      {items.length > 0 && <RunTable runs={items} showWorkflow={showWorkflow} />}
      {list.hasNextPage && (
        <Button
          busy={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
          className="justify-self-center"
        >
          Show more
        </Button>
      )}
    </>
  )
}

const NoRun = () => (
  <EmptyState icon={<ListChecks size={20} aria-hidden />} title="No run yet">
    Press Run on a workflow, and watch it here.
  </EmptyState>
)

const NoMatch = ({ onShowAll }: { onShowAll: () => void }) => (
  <EmptyState
    icon={<SearchX size={20} aria-hidden />}
    title="No run fits that"
    actions={<Button onClick={onShowAll}>Show all runs</Button>}
  >
    Try another word, a longer time, or fewer filters.
  </EmptyState>
)

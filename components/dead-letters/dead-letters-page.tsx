'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { useInbox } from '@/components/live/inbox'
import { useReread } from '@/components/live/use-reread'
import { Page } from '@/components/shell/page'
import { useAddress } from '@/components/shell/use-address'
import { Button, ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { EmptyState, SkeletonRows } from '@/components/ui/panel'
import { stepOf, stepRows, usePageKeys } from '@/components/ui/use-page-keys'
import { DeadLetterCard } from './dead-letter-card'
import { RetryProgress } from './retry-progress'
import { useBulkRetry } from './use-bulk-retry'

/** Failed and stuck runs by what stopped them, so that one cause is one piece of work however many runs it hit. */
export function DeadLettersPage() {
  const { list, items } = useDeadLetters()
  const [{ cause: open }, put] = useAddress('cause')
  const { jobs, start, drop } = useBulkRetry()
  usePageKeys((key) => {
    const step = stepOf(key)
    if (step !== 0) stepRows(step)
    return step !== 0
  })
  return (
    <Page
      title="Dead letters"
      about="Runs that failed or got stuck, grouped by cause. Mend the cause, then send all of them on their way: what they have recorded is not done again."
    >
      {jobs.map((job) => (
        <RetryProgress key={job.group.cause} job={job} onClose={() => drop(job.group.cause)} />
      ))}
      {list.error && !items && <Notice tone="failed">{problemOf(list.error).detail}</Notice>}
      {!items && !list.error && <SkeletonRows rows={3} className="h-40" />}
      {items?.length === 0 && !list.isPlaceholderData && (
        <EmptyState
          icon={<CircleCheck size={20} aria-hidden />}
          title="No dead letters"
          actions={<ButtonLink href="/runs">See the runs</ButtonLink>}
        >
          No run has failed or got stuck, or somebody has looked after all of them.
        </EmptyState>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {items?.map((group) => (
          <DeadLetterCard
            key={group.cause}
            group={group}
            isOpen={open === group.cause}
            isBusy={jobs.some((job) => job.group.cause === group.cause && job.status.is === 'running')}
            onToggle={() => put({ cause: open === group.cause ? null : group.cause })}
            onRetry={() => start(group)}
          />
        ))}
      </div>
      {list.hasNextPage && (
        <Button
          busy={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
          className="justify-self-center"
        >
          Show more
        </Button>
      )}
    </Page>
  )
}

function useDeadLetters() {
  const trpc = useTRPC()
  const list = useInfiniteQuery(
    trpc.deadLetters.list.infiniteQueryOptions(
      { limit: 30 },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  )
  const stamp = useInbox()?.deadLetters.stamp
  useReread({ stamp, of: trpc.deadLetters.pathFilter(), isFetchingMore: list.isFetchingNextPage })
  return { list, items: list.data?.pages.flatMap((page) => page.items) }
}

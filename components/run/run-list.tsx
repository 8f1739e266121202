'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { ListChecks } from 'lucide-react'
import { useState } from 'react'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { useRunChanges } from '@/components/live/use-run-changes'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Notice } from '@/components/ui/notice'
import { EmptyState, SkeletonRows } from '@/components/ui/panel'
import type { PublicStatus } from '@/engine/run/summary'
import { RunTable } from './run-table'
import { runStatusWord } from './status'

const filters: readonly (PublicStatus | 'all')[] = [
  'all',
  'running',
  'waiting',
  'paused',
  'completed',
  'failed',
  'cancelled',
  'queued',
]

/** Runs, newest first, kept up to date while one looks. */
export function RunList({ workflowId }: { workflowId?: string }) {
  const [filter, setFilter] = useState<PublicStatus | 'all'>('all')
  const trpc = useTRPC()
  const list = useInfiniteQuery(
    trpc.runs.list.infiniteQueryOptions(
      { limit: 30, ...(workflowId !== undefined && { workflowId }), ...(filter !== 'all' && { status: filter }) },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
  useRunChanges(() => void list.refetch({ cancelRefetch: false }))
  const items = list.data?.pages.flatMap((page) => page.items)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <StatusFilter value={filter} onChange={setFilter} />
      {list.error && !items && <Notice tone="failed">{problemOf(list.error).detail}</Notice>}
      {!items && !list.error && <SkeletonRows rows={5} />}
      {items?.length === 0 && <NoRuns filter={filter} />}
      {items && items.length > 0 && <RunTable runs={items} showWorkflow={workflowId === undefined} />}
      {list.hasNextPage && (
        <Button
          busy={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
          className="justify-self-center"
        >
          Show more
        </Button>
      )}
    </div>
  )
}

type FilterProps = { value: PublicStatus | 'all'; onChange: (value: PublicStatus | 'all') => void }

function StatusFilter({ value, onChange }: FilterProps) {
  return (
    <fieldset className="-mx-1 flex min-w-0 gap-1.5 overflow-x-auto p-1">
      <legend className="sr-only">Show runs that are</legend>
      {filters.map((status) => (
        <button
          key={status}
          type="button"
          aria-pressed={value === status}
          onClick={() => onChange(status)}
          className={cx(
            'h-8 rounded-full border px-3 text-sm font-medium whitespace-nowrap transition-colors',
            value === status
              ? 'bg-accent-tint text-accent border-transparent'
              : 'bg-surface border-line text-ink-soft hover:bg-hover',
          )}
        >
          {status === 'all' ? 'All' : runStatusWord(status)}
        </button>
      ))}
    </fieldset>
  )
}

function NoRuns({ filter }: { filter: PublicStatus | 'all' }) {
  return (
    <EmptyState
      icon={<ListChecks size={20} aria-hidden />}
      title={filter === 'all' ? 'No run yet' : `No run is ${runStatusWord(filter).toLowerCase()}`}
    >
      {filter === 'all' && 'Press Run on a workflow, and watch it here.'}
    </EmptyState>
  )
}

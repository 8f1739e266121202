'use client'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { CirclePlay, RotateCw } from 'lucide-react'
import Link from 'next/link'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { SkeletonRows } from '@/components/ui/panel'
import { RelativeTime } from '@/components/ui/time'
import { toastDone } from '@/components/ui/toast'
import type { DeadLetterView } from '@/server/dead-letters/dead-letter-view'
import type { RunListItem } from '@/server/runs/run-list-item'

/** The runs of one cause, each with its own words and its own way on. */
export function DeadRuns({ group }: { group: DeadLetterView }) {
  const trpc = useTRPC()
  const list = useInfiniteQuery(
    trpc.deadLetters.runs.infiniteQueryOptions(
      { cause: group.cause, limit: 20 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
  const items = list.data?.pages.flatMap((page) => page.items)
  if (list.error && !items) return <Notice tone="failed">{problemOf(list.error).detail}</Notice>
  if (!items) return <SkeletonRows rows={Math.min(group.count, 5)} className="h-11" />
  return (
    <div className="grid gap-3">
      <ul className="divide-line divide-y">
        {items.map((run) => (
          <DeadRun key={run.id} run={run} remedy={group.remedy} fallback={group.example.message} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          size="small"
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

type RunProps = { run: RunListItem; remedy: DeadLetterView['remedy']; fallback: string }

function DeadRun({ run: { id, workflowName, version, error, finishedAt, createdAt }, remedy, fallback }: RunProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onSuccess = () => {
    toastDone('The run goes on.')
    void queryClient.invalidateQueries(trpc.deadLetters.pathFilter())
  }
  const retry = useMutation(trpc.runs.retry.mutationOptions({ onSuccess }))
  const resume = useMutation(trpc.runs.resume.mutationOptions({ onSuccess }))
  const { mutate, isPending, isSuccess } = remedy === 'retry' ? retry : resume
  return (
    <li className="flex items-center gap-3 py-2 text-sm">
      <div className="min-w-0 flex-1">
        <Link
          href={`/runs/${id}`}
          className="text-accent hover:text-accent-hover block truncate rounded-control font-medium"
        >
          {workflowName ?? 'A graph from a file'}
          <span className="text-ink-faint font-normal"> · {version === null ? 'Draft' : `Version ${version}`}</span>
        </Link>
        <p className="text-ink-soft line-clamp-2 break-words">{error?.message ?? fallback}</p>
      </div>
      <span className="text-ink-faint hidden shrink-0 sm:block">
        <RelativeTime at={finishedAt ?? createdAt} />
      </span>
      <Button
        size="small"
        icon={remedy === 'retry' ? <RotateCw size={14} aria-hidden /> : <CirclePlay size={14} aria-hidden />}
        busy={isPending || isSuccess}
        onClick={() => mutate({ id })}
      >
        {remedy === 'retry' ? 'Retry' : 'Resume'}
      </Button>
    </li>
  )
}

'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Panel, SkeletonRows } from '@/components/ui/panel'
import { RelativeTime } from '@/components/ui/time'

export function VersionList({ id }: { id: string }) {
  const trpc = useTRPC()
  const list = useInfiniteQuery(
    trpc.workflows.versions.infiniteQueryOptions({ id, limit: 30 }, { getNextPageParam: (page) => page.nextCursor }),
  )
  const items = list.data?.pages.flatMap((page) => page.items)
  if (!items)
    return list.error ? <Notice tone="failed">{problemOf(list.error).detail}</Notice> : <SkeletonRows rows={2} />
  if (items.length === 0) {
    return (
      <p className="text-ink-soft py-6 text-center text-sm">
        Nothing is published yet. Publish the draft to give it a version that never changes.
      </p>
    )
  }
  return (
    <div className="grid gap-3">
      <Panel>
        <ul>
          {items.map(({ version, note, createdAt }) => (
            <li
              key={version}
              className="border-line flex flex-wrap items-baseline gap-x-3 border-b px-4 py-3 last:border-b-0"
            >
              <span className="font-medium">Version {version}</span>
              <span className="text-ink-soft min-w-0 flex-1 text-sm break-words">{note}</span>
              <span className="text-ink-faint text-sm">
                <RelativeTime at={createdAt} />
              </span>
            </li>
          ))}
        </ul>
      </Panel>
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

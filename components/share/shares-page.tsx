'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Share2 } from 'lucide-react'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { Page } from '@/components/shell/page'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { EmptyState, Panel, SkeletonRows } from '@/components/ui/panel'
import { ShareRow } from './share-row'

/** Every link of the workspace: what it shows, until when, whether somebody looked; and to take it back. */
export function SharesPage() {
  const trpc = useTRPC()
  const list = useInfiniteQuery(
    trpc.shares.list.infiniteQueryOptions({ limit: 50 }, { getNextPageParam: (page) => page.nextCursor }),
  )
  const items = list.data?.pages.flatMap((page) => page.items)
  return (
    <Page
      title="Shared"
      about="Links that show a run or a workflow to whoever has them. Each can be taken back at once."
    >
      {list.error && !items && <Notice tone="failed">{problemOf(list.error).detail}</Notice>}
      {!items && !list.error && <SkeletonRows rows={3} />}
      {items?.length === 0 && (
        <Panel>
          <EmptyState icon={<Share2 size={20} aria-hidden />} title="Nothing is shared">
            Open a run or a workflow and press Share. You see exactly what leaves before there is a link.
          </EmptyState>
        </Panel>
      )}
      {items && items.length > 0 && (
        <Panel>
          <ul aria-label="Links">
            {items.map((share) => (
              <ShareRow key={share.id} share={share} />
            ))}
          </ul>
        </Panel>
      )}
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

'use client'
import { useQueryClient } from '@tanstack/react-query'
import { Inbox } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import type { Decision } from '@/components/run/decision-form'
import { Page } from '@/components/shell/page'
import { useAddress } from '@/components/shell/use-address'
import { Button, ButtonLink } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Notice } from '@/components/ui/notice'
import { EmptyState, SkeletonRows } from '@/components/ui/panel'
import { toastDone } from '@/components/ui/toast'
import { useIsWide } from '@/components/ui/use-is-wide'
import { stepOf, usePageKeys } from '@/components/ui/use-page-keys'
import { ApprovalDetail } from './approval-detail'
import { ApprovalRows } from './approval-rows'
import { keyOf, readKey } from './place-key'
import { useApprovals } from './use-approvals'

const about = 'Everything in this workspace that waits for a person, the longest waiting first.'

/** The questions at the left, the chosen one with its form at the right; on a phone one after the other. */
export function ApprovalsPage() {
  const { list, items } = useApprovals()
  const { chosen, choose, next } = useChoice(items?.map(keyOf))
  const isWide = useIsWide()
  const detail = useRef<HTMLDivElement>(null)
  const place = readKey(chosen)
  const onDecided = useAfterDecision(() => choose(isWide ? next() : null))
  usePageKeys((key) => {
    const step = stepOf(key)
    if (step !== 0) choose(next(step))
    if (key === 'Enter') detail.current?.querySelector<HTMLElement>('input, select, textarea, form button')?.focus()
    return step !== 0 || key === 'Enter'
  })
  if (!isWide && place) {
    return (
      <Page title="Approval" back={{ href: '/approvals', title: 'Approvals' }}>
        <ApprovalDetail key={chosen} place={place} onDecided={onDecided} />
      </Page>
    )
  }
  const isEmpty = items?.length === 0 && !list.isPlaceholderData
  return (
    <Page title="Approvals" about={about}>
      {list.error && !items && <Notice tone="failed">{problemOf(list.error).detail}</Notice>}
      <div
        className={cx(
          'grid items-start gap-4',
          // With nothing in the list and nothing open there is one thing to read, in the middle.
          (!isEmpty || place) && 'lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]',
        )}
      >
        <div className="grid gap-3">
          {!items && !list.error && <SkeletonRows rows={4} className="h-17" />}
          {items && items.length > 0 && (
            <ApprovalRows items={items} chosen={chosen} onChoose={(key) => choose(key, isWide ? 'replace' : 'push')} />
          )}
          {isEmpty && <NothingWaits />}
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
        {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape leads back from the form to the list */}
        <div
          ref={detail}
          onKeyDown={(event) => event.key === 'Escape' && (document.activeElement as HTMLElement | null)?.blur()}
          className="sticky top-4 min-w-0"
        >
          {place && <ApprovalDetail key={chosen} place={place} onDecided={onDecided} />}
        </div>
      </div>
    </Page>
  )
}

function NothingWaits() {
  return (
    <EmptyState
      icon={<Inbox size={20} aria-hidden />}
      title="Nothing waits for you"
      actions={<ButtonLink href="/runs">See the runs</ButtonLink>}
    >
      When a run asks a person — an approval, a tool that must be allowed, a doubt after a crash — the question comes up
      here by itself.
    </EmptyState>
  )
}

function useAfterDecision(goOn: () => void) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return (title: string, decision: Decision) => {
    toastDone(`${decision === 'approved' ? 'Approved' : 'Rejected'}: ${title}`)
    goOn()
    void queryClient.invalidateQueries(trpc.approvals.list.pathFilter())
  }
}

/**
 * Which question is open. It is in the address and stays open when it leaves the list: whoever is typing an answer must
 * not find himself in front of another question.
 */
function useChoice(keys: readonly string[] | undefined) {
  const [{ at }, put] = useAddress('at')
  const isWide = useIsWide()
  const lastIndex = useRef(0)
  const index = at === null || !keys ? -1 : keys.indexOf(at)
  if (index >= 0) lastIndex.current = index
  const first = keys?.[0]
  useEffect(() => {
    if (isWide && at === null && first !== undefined) put({ at: first })
  }, [isWide, at, first, put])
  /** The one after or before; where the open one has left the list, the one that took its place. */
  const next = (by?: 1 | -1): string | null => {
    if (!keys || keys.length === 0) return null
    const from = index >= 0 ? index + (by ?? 1) : lastIndex.current + (by === -1 ? -1 : 0)
    const to = Math.max(0, Math.min(keys.length - 1, from))
    return by === undefined && keys[to] === at ? (keys[to - 1] ?? null) : (keys[to] ?? null)
  }
  return { chosen: at, choose: (key: string | null, how?: 'push' | 'replace') => put({ at: key }, how), next }
}

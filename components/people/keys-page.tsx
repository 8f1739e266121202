'use client'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Ban, KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { Page } from '@/components/shell/page'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ConfirmButton } from '@/components/ui/confirm-button'
import { Notice } from '@/components/ui/notice'
import { EmptyState, Panel, SkeletonRows } from '@/components/ui/panel'
import { RelativeTime } from '@/components/ui/time'
import { toastDone } from '@/components/ui/toast'
import type { KeyView } from '@/server/people/key-view'
import { KeyDialog } from './key-dialog'

export function KeysPage() {
  const [isAdding, setAdding] = useState(false)
  const trpc = useTRPC()
  const list = useInfiniteQuery(
    trpc.keys.list.infiniteQueryOptions({ limit: 50 }, { getNextPageParam: (page) => page.nextCursor }),
  )
  const items = list.data?.pages.flatMap((page) => page.items)
  return (
    <Page
      title="API keys"
      about={
        <>
          Programs use them to start and watch runs over the API, which is described in{' '}
          <a href="/api/v1/openapi.json" className="text-accent hover:text-accent-hover underline underline-offset-2">
            an OpenAPI file
          </a>
          .
        </>
      }
      actions={
        <Button tone="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setAdding(true)}>
          Make a key
        </Button>
      }
    >
      {list.error && !items && <Notice tone="failed">{problemOf(list.error).detail}</Notice>}
      {!items && !list.error && <SkeletonRows rows={3} />}
      {items && (
        <Panel>
          {items.length === 0 && (
            <EmptyState icon={<KeyRound size={20} aria-hidden />} title="No key yet">
              Make one for each program, so that each can be revoked by itself.
            </EmptyState>
          )}
          <ul>
            {items.map((key) => (
              <KeyRow key={key.id} apiKey={key} />
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
      {isAdding && <KeyDialog onClose={() => setAdding(false)} />}
    </Page>
  )
}

function KeyRow({ apiKey: { id, name, prefix, role, createdAt, lastUsedAt } }: { apiKey: KeyView }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const revoke = useMutation(
    trpc.keys.revoke.mutationOptions({
      onSuccess: () => {
        toastDone(`${name} is revoked.`)
        void queryClient.invalidateQueries(trpc.keys.pathFilter())
      },
    }),
  )
  return (
    <li className="border-line flex items-center gap-3 border-b py-2.5 pr-2 pl-4 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium break-words">{name}</span>
          <Badge>{role.charAt(0).toUpperCase() + role.slice(1)}</Badge>
        </p>
        <p className="text-ink-faint flex flex-wrap gap-x-3 text-sm">
          <code className="font-mono">{prefix}…</code>
          <span>
            Made <RelativeTime at={createdAt} />
          </span>
          <span>
            {lastUsedAt === null ? (
              'Never used'
            ) : (
              <>
                Used <RelativeTime at={lastUsedAt} />
              </>
            )}
          </span>
        </p>
      </div>
      <ConfirmButton
        label={`Revoke ${name}`}
        icon={<Ban size={16} aria-hidden />}
        title={`Revoke ${name}?`}
        action="Revoke"
        busy={revoke.isPending}
        onConfirm={() => revoke.mutate({ id })}
      >
        Programs that use it are refused from now on. Runs that they started go on.
      </ConfirmButton>
    </li>
  )
}

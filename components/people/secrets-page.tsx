'use client'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { LockKeyhole, Plus, RefreshCw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { Page } from '@/components/shell/page'
import { Button, IconButton } from '@/components/ui/button'
import { ConfirmButton } from '@/components/ui/confirm-button'
import { Notice } from '@/components/ui/notice'
import { EmptyState, Panel, SkeletonRows } from '@/components/ui/panel'
import { RelativeTime } from '@/components/ui/time'
import { toastDone } from '@/components/ui/toast'
import type { SecretView } from '@/server/secrets/secret-view'
import { SecretDialog } from './secret-dialog'

type Open = { type: 'closed' } | { type: 'new' } | { type: 'replace'; name: string }

export function SecretsPage() {
  const [open, setOpen] = useState<Open>({ type: 'closed' })
  const trpc = useTRPC()
  const list = useInfiniteQuery(
    trpc.secrets.list.infiniteQueryOptions({ limit: 50 }, { getNextPageParam: (page) => page.nextCursor }),
  )
  const items = list.data?.pages.flatMap((page) => page.items)
  const add = (
    <Button tone="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setOpen({ type: 'new' })}>
      Add a secret
    </Button>
  )
  return (
    <Page
      title="Secrets"
      about={
        <>
          Passwords and tokens that nodes use by name: pick one in the set-up of a node, or write{' '}
          <code className="font-mono">{'{ secret: name }'}</code> in a file. Values are stored encrypted and never shown
          again.
        </>
      }
      actions={add}
    >
      {list.error && !items && <Notice tone="failed">{problemOf(list.error).detail}</Notice>}
      {!items && !list.error && <SkeletonRows rows={3} />}
      {items && (
        <Panel>
          {items.length === 0 && (
            <EmptyState icon={<LockKeyhole size={20} aria-hidden />} title="No secret yet">
              Keep the tokens and passwords here that web requests and tools of your workflows need.
            </EmptyState>
          )}
          <ul>
            {items.map((secret) => (
              <SecretRow
                key={secret.name}
                secret={secret}
                onReplace={() => setOpen({ type: 'replace', name: secret.name })}
              />
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
      {open.type !== 'closed' && (
        <SecretDialog name={open.type === 'replace' ? open.name : null} onClose={() => setOpen({ type: 'closed' })} />
      )}
    </Page>
  )
}

function SecretRow({ secret: { name, updatedAt }, onReplace }: { secret: SecretView; onReplace: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const remove = useMutation(
    trpc.secrets.delete.mutationOptions({
      onSuccess: () => {
        toastDone(`${name} is deleted.`)
        void queryClient.invalidateQueries(trpc.secrets.pathFilter())
      },
    }),
  )
  return (
    <li className="border-line flex items-center gap-1 border-b py-2 pr-2 pl-4 last:border-b-0">
      <div className="min-w-0 flex-1">
        <code className="font-mono text-sm break-all">{name}</code>
        <p className="text-ink-faint text-sm">
          Set <RelativeTime at={updatedAt} />
        </p>
      </div>
      <IconButton label={`Replace ${name}`} onClick={onReplace}>
        <RefreshCw size={16} aria-hidden />
      </IconButton>
      <ConfirmButton
        label={`Delete ${name}`}
        icon={<Trash2 size={16} aria-hidden />}
        title={`Delete ${name}?`}
        action="Delete"
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ name })}
      >
        Nodes that use it will fail with a message that names it. The value can't be brought back.
      </ConfirmButton>
    </li>
  )
}

'use client'
import type { UseQueryResult } from '@tanstack/react-query'
import { SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { isMissing, problemOf } from '@/components/api/problem'
import { Button, ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { EmptyState, SkeletonRows } from '@/components/ui/panel'

type Props<T> = {
  query: UseQueryResult<T, unknown>
  /** Where to go when the thing does not exist. */
  missing?: { title: string; href: string; link: string }
  loading?: ReactNode
  children: (data: T) => ReactNode
}

/** Loading, failed, missing, there: the four states of anything that comes from the server. */
export function QueryView<T>({ query, missing, loading, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data)
  if (!query.error) return loading ?? <SkeletonRows rows={3} />
  if (missing && isMissing(query.error)) {
    return (
      <EmptyState
        icon={<SearchX size={20} aria-hidden />}
        title={missing.title}
        actions={<ButtonLink href={missing.href}>{missing.link}</ButtonLink>}
      >
        It may have been deleted, or it belongs to another workspace.
      </EmptyState>
    )
  }
  const retry = (
    <Button size="small" busy={query.isFetching} onClick={() => void query.refetch()}>
      Try again
    </Button>
  )
  return (
    <Notice tone="failed" title="This could not be loaded" actions={retry}>
      {problemOf(query.error).detail}
    </Notice>
  )
}

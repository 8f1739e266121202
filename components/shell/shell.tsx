'use client'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { isSignedOut, problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { SkeletonRows } from '@/components/ui/panel'
import { Commands } from './commands'
import { Nav } from './nav'
import { SignedOut } from './signed-out'

/** Navigation around a page, for those who are signed in; for everybody else the way to sign in. */
export function Shell({ children }: { children: ReactNode }) {
  const trpc = useTRPC()
  const me = useQuery(trpc.me.queryOptions({}))
  if (me.error && isSignedOut(me.error)) return <SignedOut />
  return (
    <div className="flex min-h-dvh flex-col-reverse md:flex-row">
      <Nav />
      {me.data && <Commands />}
      <main className="min-w-0 flex-1 pb-20 md:pb-0">
        {me.data ? children : me.error ? <Unreachable error={me.error} retry={() => void me.refetch()} /> : <Waiting />}
      </main>
    </div>
  )
}

const Waiting = () => (
  <div className="mx-auto max-w-6xl px-4 py-7 md:px-8">
    <SkeletonRows rows={4} />
  </div>
)

function Unreachable({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <div className="mx-auto max-w-2xl px-4 py-10">
      <Notice
        tone="failed"
        title="Nothing could be loaded"
        actions={
          <Button size="small" onClick={retry}>
            Try again
          </Button>
        }
      >
        {problemOf(error).detail}
      </Notice>
    </div>
  )
}

'use client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { countView, readShared } from '@/components/api/share-link'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { SkeletonRows } from '@/components/ui/panel'
import { ShareFrame } from './share-frame'
import { NothingShared, PasswordForm } from './share-messages'
import { SharedRunView } from './shared-run-view'
import { SharedWorkflowView } from './shared-workflow-view'

/** `frame`: it stands in a page of somebody else, and says as little as possible beside what is shared. */
export type SharedPageProps = { token: string; look?: 'page' | 'frame' }

export function SharedPage({ token, look = 'page' }: SharedPageProps) {
  const [proof, setProof] = useState<string | null>(() => readProof(token))
  const shared = useQuery({
    queryKey: ['shared', token, proof],
    queryFn: () => readShared(token, proof),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  const isOpen = shared.data?.type === 'open'
  useEffect(() => {
    if (isOpen) countView(token, proof)
  }, [isOpen, token, proof])
  if (shared.error) return <Unreachable error={shared.error} retry={() => void shared.refetch()} />
  switch (shared.data?.type) {
    case undefined:
      return <Waiting />
    case 'gone':
      return <NothingShared />
    case 'locked':
      return (
        <PasswordForm
          token={token}
          onOpen={(next) => {
            keepProof(token, next)
            setProof(next)
          }}
        />
      )
    case 'open': {
      const { projection, proof: known } = shared.data
      const props = { token, proof: known, look }
      return projection.kind === 'run' ? (
        <SharedRunView {...props} projection={projection} />
      ) : (
        <SharedWorkflowView {...props} projection={projection} />
      )
    }
  }
}

// For frames in pages of others, where no cookie is sent. It lives as long as the tab.
const keyOf = (token: string): string => `share:${token}`
const keepProof = (token: string, proof: string): void => sessionStorage.setItem(keyOf(token), proof)
const readProof = (token: string): string | null =>
  typeof window === 'undefined' ? null : sessionStorage.getItem(keyOf(token))

const Waiting = () => (
  <ShareFrame>
    <SkeletonRows rows={6} />
  </ShareFrame>
)

function Unreachable({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <ShareFrame>
      <Notice
        tone="failed"
        title="This could not be loaded"
        actions={
          <Button size="small" onClick={retry}>
            Try again
          </Button>
        }
      >
        {error.message}
      </Notice>
    </ShareFrame>
  )
}

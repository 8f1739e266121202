'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { CopyPlus, Download } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { isSignedOut, problemOf } from '@/components/api/problem'
import { sharedFile } from '@/components/api/share-link'
import { useTRPC } from '@/components/api/trpc'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'

type Props = { token: string; proof: string | null; name: string }

/** Somebody likes what they see: the graph, as it is shown here, for a Baton of their own. */
export function UseTeam(props: Props) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button tone="primary" icon={<CopyPlus size={16} aria-hidden />} onClick={() => setOpen(true)}>
        Use this team
      </Button>
      {isOpen && <UseDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

function UseDialog({ token, proof, name, onClose }: Props & { onClose: () => void }) {
  const router = useRouter()
  const trpc = useTRPC()
  const me = useQuery(trpc.me.queryOptions({}, { retry: false }))
  const copy = useMutation(
    trpc.shares.use.mutationOptions({
      meta: { shown: true },
      onSuccess: ({ workflowId }) => router.push(`/workflows/${workflowId}`),
    }),
  )
  return (
    <Dialog open title={`Use ${name}`} onClose={onClose}>
      <p className="text-ink-soft text-sm">
        You get the graph as it is shown here. What was left out or masked is yours to fill in.
      </p>
      {copy.error && <Notice tone="failed">{problemOf(copy.error).detail}</Notice>}
      <div className="grid gap-2">
        {me.data && (
          <Button
            tone="primary"
            icon={<CopyPlus size={16} aria-hidden />}
            busy={copy.isPending || copy.isSuccess}
            onClick={() => copy.mutate({ token, ...(proof !== null && { proof }) })}
          >
            Copy it into my workspace
          </Button>
        )}
        <a
          href={sharedFile(token)}
          download
          className="border-line-strong hover:bg-hover inline-flex h-9 items-center justify-center gap-2 rounded-control border px-3.5 text-sm font-medium"
        >
          <Download size={16} aria-hidden />
          Download it as a file
        </a>
      </div>
      {me.error && isSignedOut(me.error) && (
        <p className="text-ink-soft text-sm">
          Import the file in your own Baton (Workflows › Import). If your workspace is in this one, sign in here first,
          then you can copy it with one click.
        </p>
      )}
    </Dialog>
  )
}

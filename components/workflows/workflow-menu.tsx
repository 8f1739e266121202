'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTRPC } from '@/components/api/trpc'
import { ShareButton } from '@/components/share/share-button'
import { Button, IconButton } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { toastDone } from '@/components/ui/toast'

export function WorkflowMenu({ id, name }: { id: string; name: string }) {
  const [isAsking, setAsking] = useState(false)
  const router = useRouter()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const remove = useMutation(
    trpc.workflows.delete.mutationOptions({
      onSuccess: () => {
        toastDone(`${name} is deleted.`)
        router.push('/')
        void queryClient.invalidateQueries(trpc.workflows.list.pathFilter())
      },
    }),
  )
  return (
    <>
      <ShareButton subject={{ kind: 'workflow', id }} size="small" />
      <IconButton label="Delete this workflow" onClick={() => setAsking(true)}>
        <Trash2 size={16} aria-hidden />
      </IconButton>
      <Dialog open={isAsking} title={`Delete ${name}?`} onClose={() => setAsking(false)}>
        <p className="text-ink-soft text-sm">Its runs stay. The draft and its versions can't be brought back.</p>
        <DialogActions>
          <Button onClick={() => setAsking(false)}>Keep it</Button>
          <Button tone="danger" busy={remove.isPending} onClick={() => remove.mutate({ id })}>
            Delete
          </Button>
        </DialogActions>
      </Dialog>
    </>
  )
}

'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { TextField } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { toastDone } from '@/components/ui/toast'
import { ProblemList } from './problem-list'

export function PublishDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const [note, setNote] = useState('')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const publish = useMutation(
    trpc.workflows.publish.mutationOptions({
      meta: { shown: true },
      onSuccess: ({ version }) => {
        void queryClient.invalidateQueries(trpc.workflows.pathFilter())
        toastDone(`Version ${version} is published.`)
        onClose()
      },
    }),
  )
  const problem = publish.error ? problemOf(publish.error) : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    publish.mutate({ id, ...(note.trim() !== '' && { note: note.trim() }) })
  }
  return (
    <Dialog open title="Publish the draft" onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4">
        <p className="text-ink-soft text-sm">
          A version never changes. From then on the API and other workflows run it. <i>Run</i> in the builder goes on
          running the draft, which you can go on changing.
        </p>
        <TextField
          label="What changed?"
          autoFocus
          value={note}
          maxLength={2_000}
          onChange={(event) => setNote(event.target.value)}
        />
        {problem && (
          <Notice tone="failed" title={problem.detail}>
            <ProblemList problems={problem.problems} />
          </Notice>
        )}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" busy={publish.isPending}>
            Publish
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type DragEvent, type FormEvent, useState } from 'react'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { TextAreaField } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { ProblemList } from './problem-list'

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const router = useRouter()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const add = useMutation(
    trpc.workflows.import.mutationOptions({
      meta: { shown: true },
      onSuccess: ({ id }) => {
        void queryClient.invalidateQueries(trpc.workflows.pathFilter())
        router.push(`/workflows/${id}`)
      },
    }),
  )
  return <ImportForm title="Import a workflow" add={add} onClose={onClose} />
}

type Adding = { mutate: (file: { text: string }) => void; error: unknown; isPending: boolean; isSuccess: boolean }
type FormProps = { title: string; add: Adding; onClose: () => void }

/** Paste, drop or choose a file; what is wrong with it is listed, and the text stays to be mended. */
export function ImportForm({ title, add, onClose }: FormProps) {
  const [text, setText] = useState('')
  const problem = add.error ? problemOf(add.error) : null
  const take = async (file: File | undefined) => {
    if (file) setText(await file.text())
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') add.mutate({ text })
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    void take(event.dataTransfer.files[0])
  }
  return (
    <Dialog open wide title={title} onClose={onClose}>
      <form onSubmit={submit} onDragOver={(event) => event.preventDefault()} onDrop={drop} className="grid gap-4">
        <TextAreaField
          label="The graph, as YAML or JSON"
          hint="Paste it, drop a file here, or choose one below."
          mono
          rows={14}
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <input
          type="file"
          aria-label="Choose a file"
          accept=".yaml,.yml,.json"
          className="text-ink-soft file:bg-hover file:text-ink text-sm file:mr-3 file:h-8 file:rounded-control file:border-0 file:px-3"
          onChange={(event) => void take(event.target.files?.[0])}
        />
        {problem && (
          <Notice tone="failed" title={problem.detail}>
            <ProblemList problems={problem.problems} />
          </Notice>
        )}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" disabled={text.trim() === ''} busy={add.isPending || add.isSuccess}>
            Import
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

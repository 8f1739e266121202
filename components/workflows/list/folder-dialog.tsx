'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { TextField } from '@/components/ui/field'
import type { FolderView } from '@/server/folders/folder-view'
import { refresh } from './use-folders'

type Props = {
  /** The one to be renamed; without it a new one is made. */
  folder?: FolderView
  onClose: () => void
  onDone?: (folder: FolderView) => void
}

export function FolderDialog({ folder, onClose, onDone }: Props) {
  const [name, setName] = useState(folder?.name ?? '')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onSuccess = (saved: FolderView) => {
    refresh(queryClient, trpc)
    onDone?.(saved)
    onClose()
  }
  const add = useMutation(trpc.folders.create.mutationOptions({ meta: { shown: true }, onSuccess }))
  const rename = useMutation(trpc.folders.rename.mutationOptions({ meta: { shown: true }, onSuccess }))
  const { error, isPending } = folder ? rename : add
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    if (folder) rename.mutate({ id: folder.id, name })
    else add.mutate({ name })
  }
  return (
    <Dialog open title={folder ? `Rename ${folder.name}` : 'New folder'} onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4">
        <TextField
          label="Name"
          value={name}
          maxLength={100}
          required
          autoFocus
          error={error ? problemOf(error).detail : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" type="submit" busy={isPending}>
            {folder ? 'Rename' : 'Make the folder'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

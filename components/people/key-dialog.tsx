'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { SelectField, TextField } from '@/components/ui/field'
import { CodeBlock } from '@/components/ui/markdown'
import { Notice } from '@/components/ui/notice'

const keyRoles = [
  { value: 'editor', label: 'Editor: changes workflows, starts runs' },
  { value: 'operator', label: 'Operator: starts runs, decides approvals' },
  { value: 'viewer', label: 'Viewer: only reads' },
  { value: 'admin', label: 'Admin: also connections, secrets and keys' },
] as const
type KeyRole = (typeof keyRoles)[number]['value']

export function KeyDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<KeyRole>('editor')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const make = useMutation(
    trpc.keys.create.mutationOptions({
      meta: { shown: true },
      onSuccess: () => void queryClient.invalidateQueries(trpc.keys.pathFilter()),
    }),
  )
  if (make.data) return <NewKey name={make.data.name} secret={make.data.key} onClose={onClose} />
  const submit = (event: FormEvent) => {
    event.preventDefault()
    make.mutate({ name: name.trim(), role })
  }
  return (
    <Dialog open title="Make a key" onClose={onClose}>
      <form onSubmit={submit} noValidate className="grid gap-4">
        <TextField
          label="Which program is it for?"
          required
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <SelectField
          label="What may it do?"
          value={role}
          choices={keyRoles}
          onChange={(event) => setRole(keyRoles.find(({ value }) => value === event.target.value)?.value ?? 'viewer')}
        />
        {make.error && <Notice tone="failed">{problemOf(make.error).detail}</Notice>}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" disabled={name.trim() === ''} busy={make.isPending}>
            Make the key
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function NewKey({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  return (
    <Dialog open title={`The key for ${name}`} onClose={onClose}>
      <Notice tone="waiting">Copy it now. It is shown this once; only its fingerprint is stored.</Notice>
      <CodeBlock text={secret} className="break-all whitespace-pre-wrap" />
      <DialogActions>
        <CopyButton text={secret} />
        <Button tone="primary" onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  )
}

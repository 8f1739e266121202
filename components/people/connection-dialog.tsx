'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { problemAt, problemOf } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { TextField } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { toastDone } from '@/components/ui/toast'
import type { ConnectionView } from '@/server/connections/connection-view'

type Props = { connection: (ConnectionView & { id: string }) | null; onClose: () => void }

/** A stored key is never shown: the field is empty, and leaving it empty keeps what is stored. */
export function ConnectionDialog({ connection, onClose }: Props) {
  const [name, setName] = useState(connection?.name ?? '')
  const [baseUrl, setBaseUrl] = useState(connection?.baseUrl ?? '')
  const [key, setKey] = useState('')
  const [models, setModels] = useState(connection?.models.join(', ') ?? '')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const options = {
    meta: { shown: true },
    onSuccess: () => {
      void queryClient.invalidateQueries(trpc.connections.pathFilter())
      toastDone(`${name} is saved.`)
      onClose()
    },
  }
  const create = useMutation(trpc.connections.create.mutationOptions(options))
  const change = useMutation(trpc.connections.change.mutationOptions(options))
  const failure = create.error ?? change.error
  const problem = failure ? problemOf(failure) : null
  const at = (path: string) => {
    const message = problemAt(problem, path)
    return message === undefined ? undefined : `It ${message}.`
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const fields = {
      name: name.trim(),
      baseUrl: baseUrl.trim(),
      models: listOf(models),
      ...(key !== '' && { key: key.trim() }),
    }
    if (connection) change.mutate({ id: connection.id, ...fields })
    else create.mutate(fields)
  }
  return (
    <Dialog open title={connection ? `Change ${connection.name}` : 'Connect a model'} onClose={onClose}>
      <form onSubmit={submit} noValidate className="grid gap-4">
        <TextField
          label="Name"
          required
          autoFocus
          value={name}
          error={at('name')}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label="Address"
          required
          inputMode="url"
          placeholder="https://api.openai.com/v1"
          value={baseUrl}
          error={at('baseUrl')}
          hint={connection?.hasKey ? 'At another address the stored key is dropped; give it again then.' : undefined}
          onChange={(event) => setBaseUrl(event.target.value)}
        />
        <TextField
          label="Key"
          type="password"
          autoComplete="off"
          value={key}
          error={at('key')}
          hint={
            connection?.hasKey
              ? 'A key is stored. Leave this empty to keep it.'
              : 'Local servers mostly need none. It is stored encrypted and never shown again.'
          }
          onChange={(event) => setKey(event.target.value)}
        />
        <TextField
          label="Models"
          placeholder="gpt-5, gpt-5-mini"
          value={models}
          error={at('models')}
          hint="Separated by commas. Empty: the first one that the endpoint lists."
          onChange={(event) => setModels(event.target.value)}
        />
        {problem && problem.problems.length === 0 && <Notice tone="failed">{problem.detail}</Notice>}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" busy={create.isPending || change.isPending}>
            {connection ? 'Save' : 'Connect'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

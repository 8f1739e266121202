'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { problemOf, sentenceAt } from '@/components/api/problem'
import { useTRPC } from '@/components/api/trpc'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { TextField } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { toastDone } from '@/components/ui/toast'

/** `name` is set when the value of a secret is replaced. */
export function SecretDialog({ name: known, onClose }: { name: string | null; onClose: () => void }) {
  const [name, setName] = useState(known ?? '')
  const [value, setValue] = useState('')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const save = useMutation(
    trpc.secrets.set.mutationOptions({
      meta: { shown: true },
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.secrets.pathFilter())
        toastDone(`${name} is stored.`)
        onClose()
      },
    }),
  )
  const problem = save.error ? problemOf(save.error) : null
  const at = (path: string) => sentenceAt(problem, path)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ name, value })
  }
  return (
    <Dialog open title={known === null ? 'Add a secret' : `Replace ${known}`} onClose={onClose}>
      <form onSubmit={submit} noValidate className="grid gap-4">
        {known === null && (
          <TextField
            label="Name"
            required
            autoFocus
            autoComplete="off"
            value={name}
            error={at('name')}
            hint="A letter, then letters, digits, _ and -."
            onChange={(event) => setName(event.target.value)}
          />
        )}
        <TextField
          label="Value"
          required
          type="password"
          autoComplete="off"
          autoFocus={known !== null}
          value={value}
          error={at('value')}
          onChange={(event) => setValue(event.target.value)}
        />
        {problem && problem.problems.length === 0 && <Notice tone="failed">{problem.detail}</Notice>}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" busy={save.isPending}>
            Store
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

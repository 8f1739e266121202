'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Pencil, PlugZap, Trash2 } from 'lucide-react'
import { useTRPC } from '@/components/api/trpc'
import { Badge } from '@/components/ui/badge'
import { Button, IconButton } from '@/components/ui/button'
import { ConfirmButton } from '@/components/ui/confirm-button'
import { toastDone } from '@/components/ui/toast'
import type { ConnectionView } from '@/server/connections/connection-view'
import { TestResult } from './connection-test'

type Props = { connection: ConnectionView; onChange: (connection: ConnectionView & { id: string }) => void }

export function ConnectionRow({ connection, onChange }: Props) {
  const { id, name, baseUrl, hasKey, models, source } = connection
  const trpc = useTRPC()
  const test = useMutation(trpc.connections.testStored.mutationOptions({ meta: { shown: true } }))
  return (
    <li className="border-line flex flex-wrap items-center gap-3 border-b px-4 py-3 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{name}</span>
          {source === 'environment' && <Badge>From the environment</Badge>}
          {!hasKey && <Badge>No key</Badge>}
        </p>
        <p className="text-ink-soft text-sm break-all">{baseUrl}</p>
        <p className="text-ink-faint text-sm break-words">
          {models.length === 0 ? 'The first model that the endpoint lists' : models.join(', ')}
        </p>
      </div>
      <Button
        size="small"
        busy={test.isPending}
        icon={<PlugZap size={14} aria-hidden />}
        aria-label={`Test ${name}`}
        onClick={() => test.mutate({ id: id ?? 'environment' })}
      >
        Test
      </Button>
      {id !== null && (
        <>
          <IconButton label={`Change ${name}`} onClick={() => onChange({ ...connection, id })}>
            <Pencil size={16} aria-hidden />
          </IconButton>
          <DeleteConnection id={id} name={name} />
        </>
      )}
      <div className="w-full empty:hidden">
        <TestResult result={test.data} error={test.error} />
      </div>
    </li>
  )
}

function DeleteConnection({ id, name }: { id: string; name: string }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const remove = useMutation(
    trpc.connections.delete.mutationOptions({
      onSuccess: () => {
        toastDone(`${name} is deleted.`)
        void queryClient.invalidateQueries(trpc.connections.pathFilter())
      },
    }),
  )
  return (
    <ConfirmButton
      label={`Delete ${name}`}
      icon={<Trash2 size={16} aria-hidden />}
      title={`Delete ${name}?`}
      action="Delete"
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ id })}
    >
      Workflows that use its models will fail until they are pointed to another one. The stored key is deleted too.
    </ConfirmButton>
  )
}

'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Download, Pencil, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTRPC } from '@/components/api/trpc'
import { IconButton } from '@/components/ui/button'
import { ConfirmButton } from '@/components/ui/confirm-button'
import { toastDone } from '@/components/ui/toast'
import type { Graph } from '@/engine/graph/schema'
import { TemplateDialog } from './template-dialog'

type Props = { id: string; graph: Graph; isOwn: boolean }

/** What can be done with a template besides using it: any goes out as a file, one's own are changed and deleted. */
export function TemplateActions({ id, graph, isOwn }: Props) {
  const [isChanging, setChanging] = useState(false)
  return (
    <>
      <a
        href={`/api/v1/templates/${encodeURIComponent(id)}/export`}
        download
        aria-label="Export as a file"
        title="Export as a file"
        className="text-ink-soft hover:bg-hover hover:text-ink grid size-9 place-items-center rounded-control transition-colors"
      >
        <Download size={16} aria-hidden />
      </a>
      {isOwn && (
        <>
          <IconButton label="Change what is said about it" onClick={() => setChanging(true)}>
            <Pencil size={16} aria-hidden />
          </IconButton>
          <DeleteTemplate id={id} name={graph.name} />
          {isChanging && <TemplateDialog id={id} graph={graph} onClose={() => setChanging(false)} />}
        </>
      )}
    </>
  )
}

function DeleteTemplate({ id, name }: { id: string; name: string }) {
  const trpc = useTRPC()
  const router = useRouter()
  const queryClient = useQueryClient()
  const remove = useMutation(
    trpc.templates.delete.mutationOptions({
      onSuccess: () => {
        toastDone(`${name} is deleted.`)
        router.push('/gallery')
        void queryClient.invalidateQueries(trpc.templates.cards.pathFilter())
      },
    }),
  )
  return (
    <ConfirmButton
      label="Delete this template"
      icon={<Trash2 size={16} aria-hidden />}
      title={`Delete ${name}?`}
      action="Delete"
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ id })}
    >
      Workflows that were made of it stay as they are.
    </ConfirmButton>
  )
}

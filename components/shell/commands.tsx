'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Plus, Workflow } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useMemo } from 'react'
import { create } from 'zustand'
import { useTRPC } from '@/components/api/trpc'
import { isPressed } from '@/components/editor/commands/keys'
import { PickDialog } from '@/components/editor/commands/pick-dialog'
import type { PickGroup } from '@/components/editor/commands/picker'
import { RunStatus } from '@/components/run/status'
import { formatRelative } from '@/components/ui/format'
import { useNow } from '@/components/ui/use-now'
import { places } from './places'

const useOpen = create<{ isOpen: boolean }>(() => ({ isOpen: false }))

export const openCommands = (): void => useOpen.setState({ isOpen: true })
const close = (): void => useOpen.setState({ isOpen: false })

/** Ctrl or Cmd K on every page around the canvas, which has commands of its own: everywhere there is to go. */
export function Commands() {
  const isOpen = useOpen((state) => state.isOpen)
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isPressed(event, 'Mod+K') || document.querySelector('dialog[open]')) return
      event.preventDefault()
      openCommands()
    }
    window.addEventListener('keydown', hear)
    return () => {
      window.removeEventListener('keydown', hear)
      close()
    }
  }, [])
  return isOpen ? <CommandsDialog /> : null
}

const empty = { baton: 1, name: 'Untitled', nodes: [], edges: [] }

function CommandsDialog() {
  const router = useRouter()
  const trpc = useTRPC()
  const add = useMutation(
    trpc.workflows.create.mutationOptions({ onSuccess: ({ id }) => router.push(`/workflows/${id}`) }),
  )
  const pick = (id: string) => {
    close()
    if (id === 'new') add.mutate({ graph: empty })
    else router.push(id)
  }
  return (
    <PickDialog
      label="Commands"
      placeholder="Go to a page, workflow or run"
      groups={useGroups()}
      onPick={pick}
      onClose={close}
    />
  )
}

function useGroups(): readonly PickGroup[] {
  const trpc = useTRPC()
  const now = useNow('minute')
  // What was made a moment ago is what one goes to.
  const workflows = useQuery(trpc.workflows.list.queryOptions({ limit: 200, sort: 'run' }, { staleTime: 0 }))
  const runs = useQuery(trpc.runs.list.queryOptions({ limit: 20 }, { staleTime: 0 }))
  return useMemo(
    () => [
      {
        title: 'Pages',
        items: places.map(({ href, title, Icon }) => ({ id: href, title, icon: <Icon size={16} aria-hidden /> })),
      },
      { title: 'Actions', items: [{ id: 'new', title: 'New workflow', icon: <Plus size={16} aria-hidden /> }] },
      {
        title: 'Workflows',
        items: (workflows.data?.items ?? []).map(({ id, name, slug }) => ({
          id: `/workflows/${id}`,
          title: name,
          words: slug,
          icon: <Workflow size={16} aria-hidden />,
        })),
      },
      {
        title: 'Runs',
        items: (runs.data?.items ?? []).map(({ id, workflowName, status, createdAt }) => ({
          id: `/runs/${id}`,
          title: workflowName ?? 'Run',
          detail: formatRelative(Date.parse(createdAt), now),
          words: id,
          icon: <RunStatus status={status} />,
        })),
      },
    ],
    [workflows.data, runs.data, now],
  )
}

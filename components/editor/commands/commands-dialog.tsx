'use client'
import { useQuery } from '@tanstack/react-query'
import { Workflow } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { useTRPC } from '@/components/api/trpc'
import { addNode, placeForNew } from '@/components/editor/actions/add-node'
import { goTo } from '@/components/editor/actions/navigate'
import { actions } from '@/components/editor/commands/actions'
import { isMac, showKeys } from '@/components/editor/commands/keys'
import { PickDialog } from '@/components/editor/commands/pick-dialog'
import type { PickGroup } from '@/components/editor/commands/picker'
import { nameOf, specOf } from '@/components/editor/graph/kinds'
import { kindGroups } from '@/components/editor/palette/kind-groups'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { KindIcon } from '@/components/node-kit/kind-icon'
import { RunStatus } from '@/components/run/status'
import { places } from '@/components/shell/places'
import { formatRelative } from '@/components/ui/format'
import { useNow } from '@/components/ui/use-now'
import { views } from '@/nodes/registry/views'

/** Ctrl or Cmd K: everything there is to do and everywhere there is to go. */
export function CommandsDialog({ onClose }: { onClose: () => void }) {
  const editor = useEditor()
  const router = useRouter()
  const groups = useGroups()
  const pick = (id: string) => {
    const [what, ...rest] = id.split(':')
    const key = rest.join(':')
    onClose()
    if (what === 'node') goTo(editor, key)
    else if (what === 'add') addNode(editor, placeForNew(editor, key))
    else if (what === 'workflow') router.push(`/workflows/${key}`)
    else if (what === 'run') router.push(`/runs/${key}`)
    else if (what === 'page') router.push(key)
    else actions.find((action) => action.id === key)?.run(editor)
  }
  return (
    <PickDialog
      label="Commands"
      placeholder="Do something, or go to a node, workflow or run"
      groups={groups}
      onPick={pick}
      onClose={onClose}
    />
  )
}

function useGroups(): readonly PickGroup[] {
  const trpc = useTRPC()
  const editor = useEditor()
  const { workflowId } = editor
  const graph = useEditorState((state) => state.graph)
  const now = useNow('minute')
  // What was made a moment ago is what one goes to.
  const workflows = useQuery(trpc.workflows.list.queryOptions({ limit: 50 }, { staleTime: 0 }))
  const runs = useQuery(trpc.runs.list.queryOptions({ limit: 20 }, { staleTime: 0 }))
  const mac = isMac()
  return useMemo(
    () => [
      {
        title: 'Actions',
        items: actions
          .filter(({ keyOnly, isOffered }) => keyOnly !== true && isOffered?.(editor) !== false)
          .map(({ id, title, group, keys }) => ({
            id: `action:${id}`,
            title,
            words: group,
            ...(keys[0] !== undefined && { keys: showKeys(keys[0], mac) }),
          })),
      },
      {
        title: 'Pages',
        items: places.map(({ href, title, Icon }) => ({
          id: `page:${href}`,
          title,
          icon: <Icon size={16} aria-hidden />,
        })),
      },
      {
        title: 'Nodes',
        items: graph.nodes.map((node) => ({
          id: `node:${node.id}`,
          title: nameOf(node),
          detail: `${specOf(node.kind)?.title ?? node.kind} · ${node.id}`,
          icon: <KindIcon view={views[node.kind]} size="small" />,
        })),
      },
      {
        title: 'Add',
        items: kindGroups
          .flatMap(({ kinds }) => kinds)
          .map(({ kind, title, summary }) => ({
            id: `add:${kind}`,
            title: `Add ${title.toLowerCase()}`,
            detail: summary,
            words: views[kind]?.words ?? '',
            icon: <KindIcon view={views[kind]} size="small" />,
          })),
      },
      {
        title: 'Workflows',
        items: (workflows.data?.items ?? [])
          .filter(({ id }) => id !== workflowId)
          .map(({ id, name }) => ({ id: `workflow:${id}`, title: name, icon: <Workflow size={16} aria-hidden /> })),
      },
      {
        title: 'Runs',
        items: (runs.data?.items ?? []).map(({ id, workflowName, status, createdAt }) => ({
          id: `run:${id}`,
          title: workflowName ?? 'Run',
          detail: formatRelative(Date.parse(createdAt), now),
          words: id,
          icon: <RunStatus status={status} />,
        })),
      },
    ],
    [editor, graph, workflows.data, runs.data, workflowId, now, mac],
  )
}

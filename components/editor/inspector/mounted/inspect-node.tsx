'use client'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { useTRPC } from '@/components/api/trpc'
import { duplicateSelection } from '@/components/editor/actions/add-piece'
import { change } from '@/components/editor/actions/commit'
import { editPin, pinOutput, unpinOutput } from '@/components/editor/actions/pin-output'
import { deleteSelection } from '@/components/editor/actions/selection'
import { indexOf } from '@/components/editor/graph/graph-index'
import { nameOf } from '@/components/editor/graph/kinds'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { countRender } from '@/components/editor/store/renders'
import type { Editor } from '@/components/editor/store/types'
import { useRunChanges } from '@/components/live/use-run-changes'
import type { GraphNode } from '@/engine/graph/schema'
import { type Json, own } from '@/engine/json'
import { canPin, type Pins } from '@/engine/plan/pins'
import { specs } from '@/nodes/registry/specs'
import { type DraftShelf, newDraftShelf } from '../drafts'
import type { InspectorAction, InspectorContext, OnSet, Pin } from '../inspector-context'
import { NodeInspector } from '../node-inspector'
import { NodeRuns } from './node-runs'
import { useAlone } from './use-alone'
import { useChoices } from './use-choices'
import { useLastRun } from './use-last-run'

const shelves = new WeakMap<Editor, DraftShelf>()

/** One for as long as the workflow is open. */
function shelfOf(editor: Editor): DraftShelf {
  const shelf = shelves.get(editor) ?? newDraftShelf()
  shelves.set(editor, shelf)
  return shelf
}

/** The inspector of a node in the open workflow. It stays where it is when another node is selected. */
export function InspectNode({ id }: { id: string }) {
  countRender('inspector')
  const editor = useEditor()
  const graph = useEditorState((state) => state.graph)
  const pins = useEditorState((state) => state.pins)
  const allProblems = useEditorState((state) => state.problems)
  const node = indexOf(graph).byId.get(id)
  const choices = useChoices()
  const lastRun = useLastRun(useNewestRun(editor.workflowId), graph, id)
  const openRun = useOpenRun()
  const wanted = useEditorState(({ wantedField }) => (wantedField?.node === id ? wantedField.field : null))
  const isAloneWanted = useEditorState(({ wantedAlone }) => wantedAlone === id)
  const problems = useMemo(() => allProblems.filter(({ nodeId }) => nodeId === id), [allProblems, id])
  const context = useMemo<InspectorContext>(
    () => ({
      ...choices,
      lastRun,
      pin: pinOf(node, pins),
      pins,
      roles: graph.roles ?? {},
      drafts: shelfOf(editor),
      readOnly: false,
    }),
    [choices, lastRun, node, pins, graph.roles, editor],
  )
  const onAction = (action: InspectorAction) => act(editor, id, { action, openRun })
  const alone = useAlone(id, node?.kind ?? '', onAction)
  if (node === undefined) return null
  const title = nameOf(node)
  const onConfigure = (path: (string | number)[], value: Json | undefined) =>
    void change(editor, [{ type: 'configure', node: id, path, ...(value === undefined ? {} : { value }) }], {
      label: `Edit ${title}`,
      merge: `configure ${id} ${path.join('.')}`,
    })
  const onSet: OnSet = (option, value) =>
    void change(editor, [{ type: 'set', node: id, options: { [option]: value } }], {
      label: option === 'name' ? `Rename ${title}` : `Edit ${title}`,
      merge: `${option} ${id}`,
    })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving a field ends the step that undo takes back, nothing more
    <div onBlur={() => editor.store.getState().seal()}>
      <NodeInspector
        node={node}
        graph={graph}
        problems={problems}
        context={context}
        onConfigure={onConfigure}
        onSet={onSet}
        onAction={onAction}
        wantedField={wanted}
        isAloneWanted={isAloneWanted}
        onGone={() => editor.store.getState().show({ wantedField: null, wantedAlone: null })}
        alone={alone}
        runs={<NodeRuns workflowId={editor.workflowId} node={id} onOpen={openRun} />}
      />
    </div>
  )
}

function pinOf(node: GraphNode | undefined, pins: Pins): Pin {
  const value = node && own(pins, node.id)
  if (value !== undefined) return { type: 'pinned', value }
  const spec = node && own(specs, node.kind)
  const parsed = spec?.config.safeParse(node?.config)
  const isPossible = spec !== undefined && parsed?.success === true && canPin({ spec, config: parsed.data })
  return { type: isPossible ? 'none' : 'unavailable' }
}

function useNewestRun(workflowId: string): string | null {
  const trpc = useTRPC()
  const list = useQuery(trpc.runs.list.queryOptions({ workflowId, limit: 1 }))
  useRunChanges(() => void list.refetch({ cancelRefetch: false }))
  return list.data?.items[0]?.id ?? null
}

function useOpenRun(): (runId: string, path: string) => void {
  const router = useRouter()
  return (runId, path) => router.push(`/runs/${runId}?node=${encodeURIComponent(path)}`)
}

type Acting = { action: InspectorAction; openRun: (runId: string, path: string) => void }

function act(editor: Editor, id: string, { action, openRun }: Acting): void {
  const { select } = editor.store.getState()
  switch (action.type) {
    case 'close':
      select([])
      break
    case 'duplicate':
      select([id])
      duplicateSelection(editor)
      break
    case 'remove':
      select([id])
      deleteSelection(editor)
      break
    case 'open_run':
      openRun(action.runId, action.path)
      break
    case 'pin':
      pinOutput(editor, id, action.value)
      break
    case 'edit_pin':
      editPin(editor, id, action.value)
      break
    case 'unpin':
      unpinOutput(editor, id)
      break
  }
}

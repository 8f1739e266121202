'use client'
import { Check } from 'lucide-react'
import { useMemo } from 'react'
import { connectNodes, disconnect } from '@/components/editor/actions/connect-nodes'
import { PickDialog } from '@/components/editor/commands/pick-dialog'
import { validEnds } from '@/components/editor/graph/connecting'
import { makeEdge } from '@/components/editor/graph/edge-id'
import { indexOf } from '@/components/editor/graph/graph-index'
import { nameOf, portsOf, specOf } from '@/components/editor/graph/kinds'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import { KindIcon } from '@/components/node-kit/kind-icon'
import type { Graph, GraphNode } from '@/engine/graph/schema'
import { views } from '@/nodes/registry/views'

/** `c`: connects the selected node without a mouse, by choosing where it leads; choosing an edge takes it away. */
export function ConnectDialog({ onClose }: { onClose: () => void }) {
  const editor = useEditor()
  const graph = useEditorState((state) => state.graph)
  const id = useEditorState(({ selected }) => [...selected][0])
  const node = id === undefined ? undefined : indexOf(graph).byId.get(id)
  const groups = useMemo(() => (node === undefined ? [] : groupsFor(graph, node)), [graph, node])
  const pick = (choice: string) => {
    const [what, port, target] = choice.split(' ')
    onClose()
    if (node === undefined || port === undefined || target === undefined) return
    const edge = makeEdge(node.id, port, target)
    if (what === 'connect') connectNodes(editor, edge)
    else disconnect(editor, edge)
    editor.canvas.current?.focusNode(node.id)
  }
  return (
    <PickDialog
      label={node === undefined ? 'Connect' : `Connect ${nameOf(node)} to`}
      placeholder={node === undefined ? 'Select a node first' : `${nameOf(node)} leads to…`}
      nothing={node === undefined ? 'Select a node first, then press C.' : 'There is nothing it can lead to.'}
      groups={groups}
      onPick={pick}
      onClose={onClose}
    />
  )
}

function groupsFor(graph: Graph, node: GraphNode) {
  const { byId, outgoing } = indexOf(graph)
  const item = (what: 'connect' | 'disconnect', port: string, other: GraphNode) => ({
    id: `${what} ${port} ${other.id}`,
    title: what === 'connect' ? nameOf(other) : `${nameOf(other)}: take the edge away`,
    detail: `${specOf(other.kind)?.title ?? other.kind} · ${other.id}`,
    icon: what === 'connect' ? <KindIcon view={views[other.kind]} size="small" /> : <Check size={16} aria-hidden />,
  })
  return [
    ...portsOf(node).map((port) => ({
      title: port === 'out' ? 'Leads to' : `When ${port}, leads to`,
      items: [...validEnds(graph, { node: node.id, port, side: 'source' })].flatMap((id) => {
        const other = byId.get(id)
        return other === undefined ? [] : [item('connect', port, other)]
      }),
    })),
    {
      title: 'Connected already',
      items: (outgoing.get(node.id) ?? []).flatMap((edge) => {
        const other = byId.get(edge.target)
        return other === undefined ? [] : [item('disconnect', edge.sourcePort ?? 'out', other)]
      }),
    },
  ]
}

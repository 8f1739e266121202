import { change } from '@/components/editor/actions/commit'
import { validEnds } from '@/components/editor/graph/connecting'
import { edgeId, makeEdge } from '@/components/editor/graph/edge-id'
import type { Editor } from '@/components/editor/store/types'
import type { GraphEdge } from '@/engine/graph/schema'

export function connectNodes(editor: Editor, edge: GraphEdge): boolean {
  const { graph } = editor.store.getState()
  const port = edge.sourcePort ?? 'out'
  if (!validEnds(graph, { node: edge.source, port, side: 'source' }).has(edge.target)) return false
  return change(editor, [{ type: 'connect', edge: makeEdge(edge.source, port, edge.target) }], { label: 'Connect' })
}

/** The end of an edge was dragged somewhere else. */
export function reconnect(editor: Editor, old: GraphEdge, next: GraphEdge): boolean {
  if (edgeId(old) === edgeId(next)) return false
  return change(
    editor,
    [
      { type: 'disconnect', edge: old },
      { type: 'connect', edge: makeEdge(next.source, next.sourcePort ?? 'out', next.target) },
    ],
    { label: 'Reconnect' },
  )
}

export const disconnect = (editor: Editor, edge: GraphEdge): boolean =>
  change(editor, [{ type: 'disconnect', edge }], { label: 'Delete an edge' })

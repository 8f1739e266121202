import type { Point } from '@/components/editor/graph/geometry'
import type { Editor } from '@/components/editor/store/types'
import type { GraphEdge } from '@/engine/graph/schema'

/** The edge below a point of the screen, also when a node lies in between. */
export function edgeBelow(editor: Editor, { x, y }: Point): { id: string; edge: GraphEdge } | null {
  const { flow } = editor.store.getState()
  if (flow.edges.length === 0) return null
  for (const element of document.elementsFromPoint(x, y)) {
    const id = element.closest('.react-flow__edge')?.getAttribute('data-id')
    const edge = flow.edges.find((each) => each.id === id)?.data?.edge
    if (id !== null && id !== undefined && edge !== undefined) return { id, edge }
  }
  return null
}

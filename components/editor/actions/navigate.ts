import { centreOf, type Rect, rectOf } from '@/components/editor/graph/geometry'
import type { Editor } from '@/components/editor/store/types'

export type Direction = 'left' | 'right' | 'up' | 'down'

/** Selects a node, brings it into view and gives it the focus. */
export function goTo(editor: Editor, id: string): void {
  const { graph, select } = editor.store.getState()
  if (rectOf(graph, id) === null) return
  select([id])
  const view = editor.canvas.current
  // Close enough to read, it only has to be in view.
  if (view !== null && view.zoomLevel() < 0.5) view.fit([id])
  view?.focusNode(id)
}

/** From the selected node to its nearest neighbour in a direction; from nowhere to the first node. */
export function step(editor: Editor, direction: Direction): void {
  const { graph, selected, select } = editor.store.getState()
  const [from] = selected
  const start = from === undefined ? null : rectOf(graph, from)
  const next = start === null ? graph.nodes[0]?.id : nearest(editor, start, { from, direction })
  if (next === undefined || next === null) return
  select([next])
  editor.canvas.current?.focusNode(next)
}

function nearest(editor: Editor, start: Rect, { from, direction }: { from: string | undefined; direction: Direction }) {
  const { graph } = editor.store.getState()
  const origin = centreOf(start)
  let best: { id: string; cost: number } | null = null
  for (const { id } of graph.nodes) {
    const rect = id === from ? null : rectOf(graph, id)
    if (rect === null) continue
    const to = centreOf(rect)
    const [along, across] = {
      right: [to.x - origin.x, to.y - origin.y],
      left: [origin.x - to.x, to.y - origin.y],
      down: [to.y - origin.y, to.x - origin.x],
      up: [origin.y - to.y, to.x - origin.x],
    }[direction] as [number, number]
    // What lies more beside than ahead belongs to another direction.
    if (along <= 8 || Math.abs(across) > along * 2.5) continue
    const cost = along + Math.abs(across) * 2
    if (best === null || cost < best.cost) best = { id, cost }
  }
  return best?.id ?? null
}

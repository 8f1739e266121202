import { change } from '@/components/editor/actions/commit'
import { edgeId } from '@/components/editor/graph/edge-id'
import { boundsOf, type Point, placesOf, rectOf, round } from '@/components/editor/graph/geometry'
import { indexOf, outermost } from '@/components/editor/graph/graph-index'
import { nameOf } from '@/components/editor/graph/kinds'
import type { Editor } from '@/components/editor/store/types'
import type { SingleEdit } from '@/engine/graph/edits'
import type { Graph } from '@/engine/graph/schema'

export const selectedRoots = (editor: Editor): string[] => {
  const { graph, selected } = editor.store.getState()
  return outermost(graph, selected)
}

const describe = (graph: Graph, ids: readonly string[]): string => {
  const node = ids.length === 1 ? indexOf(graph).byId.get(ids[0] ?? '') : undefined
  return node === undefined ? `${ids.length} nodes` : nameOf(node)
}

export function deleteSelection(editor: Editor): void {
  const { graph, selectedEdges } = editor.store.getState()
  const ids = selectedRoots(editor)
  const gone = graph.edges.filter((edge) => selectedEdges.has(edgeId(edge)))
  const edits: SingleEdit[] = [
    ...gone.map((edge): SingleEdit => ({ type: 'disconnect', edge })),
    ...(ids.length === 0 ? [] : [{ type: 'remove', nodes: ids } as const]),
  ]
  if (edits.length === 0) return
  const label =
    ids.length === 0
      ? gone.length === 1
        ? 'Delete an edge'
        : `Delete ${gone.length} edges`
      : `Delete ${describe(graph, ids)}`
  if (change(editor, edits, { label })) editor.store.getState().select([])
}

export function selectAll(editor: Editor): void {
  const { graph, select } = editor.store.getState()
  select(graph.nodes.map(({ id }) => id))
}

/** Arrow keys: one step for a whole series. */
export function nudge(editor: Editor, by: Point): void {
  const { graph } = editor.store.getState()
  const ids = selectedRoots(editor)
  const places = placesOf(graph)
  const positions = Object.fromEntries(
    ids.flatMap((id) => {
      const at = places.get(id)?.at
      return at === undefined ? [] : [[id, { x: at.x + by.x, y: at.y + by.y }]]
    }),
  )
  if (ids.length === 0) return
  change(editor, [{ type: 'move', positions }], { label: `Move ${describe(graph, ids)}`, merge: `nudge ${ids.join()}` })
}

export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom' | 'columns' | 'rows'

export function align(editor: Editor, how: Alignment): void {
  const { graph } = editor.store.getState()
  const ids = selectedRoots(editor)
  const rects = ids.flatMap((id) => {
    const rect = rectOf(graph, id)
    return rect === null ? [] : [{ id, ...rect }]
  })
  const bounds = boundsOf(rects)
  if (bounds === null || rects.length < 2) return
  const places = placesOf(graph)
  const targets =
    how === 'columns' || how === 'rows'
      ? spread(rects, how)
      : rects.map((rect) => ({ id: rect.id, ...aligned(rect, bounds, how) }))
  const positions = Object.fromEntries(
    targets.map(({ id, x, y }) => {
      const place = places.get(id)
      const origin = {
        x: (place?.absolute.x ?? 0) - (place?.at.x ?? 0),
        y: (place?.absolute.y ?? 0) - (place?.at.y ?? 0),
      }
      return [id, round({ x: x - origin.x, y: y - origin.y })]
    }),
  )
  change(editor, [{ type: 'move', positions }], { label: 'Align' })
}

type Named = { id: string; x: number; y: number; width: number; height: number }

function aligned(rect: Named, bounds: Omit<Named, 'id'>, how: Exclude<Alignment, 'columns' | 'rows'>): Point {
  switch (how) {
    case 'left':
      return { x: bounds.x, y: rect.y }
    case 'centre':
      return { x: bounds.x + (bounds.width - rect.width) / 2, y: rect.y }
    case 'right':
      return { x: bounds.x + bounds.width - rect.width, y: rect.y }
    case 'top':
      return { x: rect.x, y: bounds.y }
    case 'middle':
      return { x: rect.x, y: bounds.y + (bounds.height - rect.height) / 2 }
    case 'bottom':
      return { x: rect.x, y: bounds.y + bounds.height - rect.height }
  }
}

/** The same gap between neighbours; the first and the last stay. */
function spread(rects: readonly Named[], how: 'columns' | 'rows'): (Point & { id: string })[] {
  const along = how === 'columns' ? 'x' : 'y'
  const size = how === 'columns' ? 'width' : 'height'
  const sorted = rects.toSorted((a, b) => a[along] - b[along])
  const first = sorted[0]
  const last = sorted.at(-1)
  if (first === undefined || last === undefined) return []
  const length = last[along] + last[size] - first[along]
  const gap = (length - sorted.reduce((sum, rect) => sum + rect[size], 0)) / (sorted.length - 1)
  let at = first[along]
  return sorted.map((rect) => {
    const spot = { id: rect.id, x: rect.x, y: rect.y, [along]: at }
    at += rect[size] + gap
    return spot
  })
}

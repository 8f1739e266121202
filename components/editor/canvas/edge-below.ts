import { contains, type Point, placesOf, type Rect } from '@/components/editor/graph/geometry'
import type { Editor } from '@/components/editor/store/types'
import type { Graph, GraphEdge } from '@/engine/graph/schema'

/** How far an edge goes beyond its ends where it turns round, and how far beside it one still meets it. */
const around = 40

/**
 * The edge below a point of the canvas, also when a node lies in between. Only those that come near are looked at
 * closely: to ask the browser what lies below a point takes 6 ms with 600 edges.
 */
export function edgeBelow(editor: Editor, at: Point): { id: string; edge: GraphEdge } | null {
  const { flow, graph } = editor.store.getState()
  // The last one is drawn on top.
  for (const { id, data } of flow.edges.toReversed()) {
    if (data === undefined) continue
    const reach = reachOf(graph, data.edge)
    if (reach !== null && contains(reach, at) && isOn(id, at)) return { id, edge: data.edge }
  }
  return null
}

function reachOf(graph: Graph, { source, target }: GraphEdge): Rect | null {
  const from = placesOf(graph).get(source)
  const to = placesOf(graph).get(target)
  if (from === undefined || to === undefined) return null
  const left = Math.min(from.absolute.x + from.size.width, to.absolute.x)
  const right = Math.max(from.absolute.x + from.size.width, to.absolute.x)
  const top = Math.min(from.absolute.y, to.absolute.y)
  const bottom = Math.max(from.absolute.y + from.size.height, to.absolute.y + to.size.height)
  return { x: left - around, y: top - around, width: right - left + 2 * around, height: bottom - top + 2 * around }
}

/** What the drawing of an edge is called on the page. */
export const elementOf = (edge: string): string => `wire-${edge.replaceAll(' ', ':')}`

function isOn(id: string, { x, y }: Point): boolean {
  // By a class among so many elements the browser would search for 3 ms.
  const line = document.getElementById(elementOf(id))?.querySelector('.react-flow__edge-interaction')
  return line instanceof SVGGeometryElement && line.isPointInStroke(new DOMPoint(x, y))
}

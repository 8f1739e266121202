import type { Viewport } from '@xyflow/react'
import { rectOf } from '@/components/editor/graph/geometry'
import { isNote } from '@/components/editor/graph/kinds'
import type { Graph } from '@/engine/graph/schema'

/** Where the whole would be too small to read, one begins at the beginning and moves on. */
export function beginningOf(graph: Graph): Viewport {
  const zoom = 0.5
  const first = graph.nodes.find(({ kind, parent }) => !isNote(kind) && parent === undefined)
  const { x, y, height } = (first && rectOf(graph, first.id)) ?? { x: 0, y: 0, height: 0 }
  return { x: 20 - x * zoom, y: 160 - (y + height / 2) * zoom, zoom }
}

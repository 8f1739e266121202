import type { EdgeChange, NodeChange } from '@xyflow/react'
import type { EditorStore, FlowEdge, FlowNode } from '@/components/editor/store/types'

type Change = NodeChange<FlowNode>

/** What React Flow reports. Positions in the middle of a drag stay on the screen; selection goes into the store. */
export function takeNodeChanges(store: EditorStore, changes: readonly Change[]): void {
  const moved = new Map<string, Partial<FlowNode>>()
  const picked = new Map<string, boolean>()
  for (const change of changes) {
    if (change.type === 'position' && change.position !== undefined)
      moved.set(change.id, { position: change.position, dragging: change.dragging ?? false })
    else if (change.type === 'position') moved.set(change.id, { dragging: change.dragging ?? false })
    else if (change.type === 'dimensions' && change.resizing !== undefined && change.dimensions !== undefined)
      moved.set(change.id, { ...change.dimensions, measured: change.dimensions })
    else if (change.type === 'select') picked.set(change.id, change.selected)
  }
  const { setFlow } = store.getState()
  if (moved.size > 0) {
    setFlow(({ nodes, edges }) => ({
      nodes: nodes.map((node) => {
        const change = moved.get(node.id)
        return change === undefined ? node : { ...node, ...change }
      }),
      edges,
    }))
  }
  if (picked.size > 0) pick(store, picked, 'nodes')
}

export function takeEdgeChanges(store: EditorStore, changes: readonly EdgeChange<FlowEdge>[]): void {
  const picked = new Map(changes.flatMap((change) => (change.type === 'select' ? [[change.id, change.selected]] : [])))
  if (picked.size > 0) pick(store, picked, 'edges')
}

function pick(store: EditorStore, picked: ReadonlyMap<string, boolean>, what: 'nodes' | 'edges'): void {
  const { selected, selectedEdges, select } = store.getState()
  const next = new Set(what === 'nodes' ? selected : selectedEdges)
  for (const [id, isSelected] of picked) {
    if (isSelected) next.add(id)
    else next.delete(id)
  }
  if (what === 'nodes') select(next, selectedEdges)
  else select(selected, next)
}

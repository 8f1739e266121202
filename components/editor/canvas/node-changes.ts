import type { EdgeChange, NodeChange } from '@xyflow/react'
import { flushSync } from 'react-dom'
import type { EditorStore, FlowEdge, FlowNode } from '@/components/editor/store/types'
import { oncePerFrame } from '@/components/graph-canvas/once-per-frame'

type Change = NodeChange<FlowNode>
type Moved = ReadonlyMap<string, Partial<FlowNode>>

/** What React Flow reports. Positions in the middle of a drag stay on the screen; selection goes into the store. */
export function takeNodeChanges(store: EditorStore): (changes: readonly Change[]) => void {
  const inHand = oncePerFrame((moved: Moved) => flushSync(() => place(store, moved)))
  return (changes) => {
    const moved = movedBy(changes)
    const isInHand = moved.size > 0 && [...moved.values()].every(({ dragging }) => dragging === true)
    if (isInHand) inHand.ask(moved)
    else {
      inHand.settle()
      if (moved.size > 0) place(store, moved)
    }
    const picked = new Map(
      changes.flatMap((change) => (change.type === 'select' ? [[change.id, change.selected]] : [])),
    )
    if (picked.size > 0) pick(store, picked, 'nodes')
  }
}

function movedBy(changes: readonly Change[]): Moved {
  const moved = new Map<string, Partial<FlowNode>>()
  for (const change of changes) {
    if (change.type === 'position' && change.position !== undefined)
      moved.set(change.id, { position: change.position, dragging: change.dragging ?? false })
    else if (change.type === 'position') moved.set(change.id, { dragging: change.dragging ?? false })
    else if (change.type === 'dimensions' && change.resizing !== undefined && change.dimensions !== undefined)
      moved.set(change.id, { ...change.dimensions, measured: change.dimensions })
  }
  return moved
}

function place(store: EditorStore, moved: Moved): void {
  store.getState().setFlow(({ nodes, edges }) => ({
    nodes: nodes.map((node) => {
      const change = moved.get(node.id)
      return change === undefined ? node : { ...node, ...change }
    }),
    edges,
  }))
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

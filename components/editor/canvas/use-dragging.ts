'use client'
import { useReactFlow } from '@xyflow/react'
import { useMemo } from 'react'
import { dropNodes, fits, mayBeInserted } from '@/components/editor/actions/drop-nodes'
import { edgeBelow } from '@/components/editor/canvas/edge-below'
import { boxAt, type Point } from '@/components/editor/graph/geometry'
import { outermost, parentOf, withInside } from '@/components/editor/graph/graph-index'
import { useEditor } from '@/components/editor/store/context'
import { deriveFlow } from '@/components/editor/store/derive-flow'
import type { Editor, FlowNode } from '@/components/editor/store/types'
import { oncePerFrame } from '@/components/graph-canvas/once-per-frame'
import type { Moving } from '@/components/graph-canvas/use-moving'

type InHand = { at: Point; nodes: readonly FlowNode[] }
type AnyPointer = MouseEvent | TouchEvent | { clientX: number; clientY: number }

export function pointOf(event: AnyPointer): Point {
  if ('clientX' in event) return { x: event.clientX, y: event.clientY }
  const touch = event.touches[0] ?? event.changedTouches[0]
  return { x: touch?.clientX ?? 0, y: touch?.clientY ?? 0 }
}

/** Nodes in the hand: the box and the edge below them show that they would take them. */
export function useDragging(moving: Moving) {
  const editor = useEditor()
  const { screenToFlowPosition } = useReactFlow()
  return useMemo(() => {
    const aiming = oncePerFrame(({ at, nodes }: InHand) => {
      const ids = nodes.map(({ id }) => id)
      aim(editor, at, ids)
    })
    const onDrag = (event: AnyPointer, nodes: readonly FlowNode[]) => {
      moving.begin()
      // Asked for now, while the browser knows where everything is.
      aiming.ask({ at: screenToFlowPosition(pointOf(event)), nodes })
    }
    const onStop = (_event: AnyPointer, nodes: readonly FlowNode[]) => {
      moving.end()
      aiming.settle()
      const { store } = editor
      const { graph, over, overEdge, setDrag } = store.getState()
      const edge = store.getState().flow.edges.find(({ id }) => id === overEdge)?.data?.edge ?? null
      const moved = nodes.filter((node) => isElsewhere(editor, node))
      setDrag({ over: undefined, overRefused: false, overEdge: null })
      if (moved.length > 0 && over !== undefined) {
        const positions = new Map(moved.map((node) => [node.id, node.position]))
        dropNodes(editor, { positions, box: over, edge })
      }
      // Whatever could not be done jumps back.
      if (store.getState().graph === graph) store.setState((state) => ({ flow: deriveFlow(state) }))
    }
    return {
      onNodeDrag: (event: AnyPointer, _node: FlowNode, nodes: FlowNode[]) => onDrag(event, nodes),
      onNodeDragStop: (event: AnyPointer, _node: FlowNode, nodes: FlowNode[]) => onStop(event, nodes),
      onSelectionDrag: (event: AnyPointer, nodes: FlowNode[]) => onDrag(event, nodes),
      onSelectionDragStop: (event: AnyPointer, nodes: FlowNode[]) => onStop(event, nodes),
    }
  }, [editor, moving, screenToFlowPosition])
}

function isElsewhere(editor: Editor, { id, position }: FlowNode): boolean {
  const node = editor.store.getState().graph.nodes.find((each) => each.id === id)
  return node !== undefined && (node.position?.x !== position.x || node.position.y !== position.y)
}

function aim(editor: Editor, at: Point, ids: readonly string[]): void {
  const { graph, setDrag } = editor.store.getState()
  const roots = outermost(graph, new Set(ids))
  const over = boxAt(graph, at, withInside(graph, ids))
  const overRefused = roots.some((id) => parentOf(graph, id) !== over && !fits(graph, id, over))
  // Out of a box into nothing needs no glow; staying where one is neither.
  const [only, ...more] = roots
  const edge = only === undefined || more.length > 0 ? null : edgeBelow(editor, at)
  const overEdge = edge !== null && only !== undefined && mayBeInserted(graph, only, edge.edge) ? edge.id : null
  setDrag({ over, overRefused, overEdge })
}

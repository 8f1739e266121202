'use client'
import { useReactFlow } from '@xyflow/react'
import { useEffect, useMemo } from 'react'
import { dropNodes, fits, mayBeInserted } from '@/components/editor/actions/drop-nodes'
import { edgeBelow } from '@/components/editor/canvas/edge-below'
import { type Hand, holdHand } from '@/components/editor/canvas/hold-hand'
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
  const { handlers, letGo } = useMemo(() => {
    let hand: Hand | null = null
    const aiming = oncePerFrame(({ at, nodes }: InHand) => {
      const ids = nodes.map(({ id }) => id)
      aim(editor, at, ids)
    })
    const letGo = (drop: () => void = () => {}) => {
      if (hand === null) return
      hand.release()
      hand = null
      moving.end()
      aiming.settle()
      const { store } = editor
      const { graph, setDrag } = store.getState()
      drop()
      setDrag({ over: undefined, overRefused: false, overEdge: null })
      // Whatever could not be done jumps back.
      if (store.getState().graph === graph) putBack(editor)
    }
    const onDrag = (event: AnyPointer, nodes: readonly FlowNode[]) => {
      moving.begin()
      hand ??= holdHand({ onGone: letGo })
      // Asked for now, while the browser knows where everything is.
      if (!hand.isLost()) aiming.ask({ at: screenToFlowPosition(pointOf(event)), nodes })
    }
    const onStop = (nodes: readonly FlowNode[]) => {
      const isLost = hand?.isLost() === true
      letGo(() => !isLost && drop(editor, nodes))
    }
    const handlers = {
      onNodeDrag: (event: AnyPointer, _node: FlowNode, nodes: FlowNode[]) => onDrag(event, nodes),
      onNodeDragStop: (_event: AnyPointer, _node: FlowNode, nodes: FlowNode[]) => onStop(nodes),
      onSelectionDrag: (event: AnyPointer, nodes: FlowNode[]) => onDrag(event, nodes),
      onSelectionDragStop: (_event: AnyPointer, nodes: FlowNode[]) => onStop(nodes),
    }
    return { handlers, letGo }
  }, [editor, moving, screenToFlowPosition])
  useEffect(() => () => letGo(), [letGo])
  return handlers
}

function drop(editor: Editor, nodes: readonly FlowNode[]): void {
  const { over, overEdge, flow } = editor.store.getState()
  const edge = flow.edges.find(({ id }) => id === overEdge)?.data?.edge ?? null
  const moved = nodes.filter((node) => isElsewhere(editor, node))
  if (moved.length === 0 || over === undefined) return
  const positions = new Map(moved.map((node) => [node.id, node.position]))
  dropNodes(editor, { positions, box: over, edge })
}

/** Where the graph says that everything lies. */
function putBack({ store }: Editor): void {
  store.setState((state) => ({
    flow: deriveFlow({ ...state, flow: { ...state.flow, nodes: state.flow.nodes.map(notInHand) } }),
  }))
}

const notInHand = (node: FlowNode): FlowNode => (node.dragging === true ? { ...node, dragging: false } : node)

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

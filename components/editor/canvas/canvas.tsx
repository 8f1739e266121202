'use client'
import '@xyflow/react/dist/base.css'
import './canvas.css'
import '@/components/graph-canvas/distance.css'
import '@/components/run/canvas/run-canvas.css'
import {
  Background,
  BackgroundVariant,
  ConnectionLineType,
  type EdgeChange,
  ReactFlow,
  useReactFlow,
} from '@xyflow/react'
import { type FocusEvent, type MouseEvent, type RefObject, useCallback, useEffect, useMemo, useRef } from 'react'
import { openNode } from '@/components/editor/actions/open-node'
import { openEdgeMenu, openNodeMenu } from '@/components/editor/actions/open-node-menu'
import { BoxNode } from '@/components/editor/canvas/box-node'
import { around, canvasView, zooms } from '@/components/editor/canvas/canvas-view'
import { CanvasControls } from '@/components/editor/canvas/controls'
import { NodeCard } from '@/components/editor/canvas/node-card'
import { takeEdgeChanges, takeNodeChanges } from '@/components/editor/canvas/node-changes'
import { NoteNode } from '@/components/editor/canvas/note-node'
import { useConnecting } from '@/components/editor/canvas/use-connecting'
import { useDragging } from '@/components/editor/canvas/use-dragging'
import { Wire } from '@/components/editor/canvas/wire'
import { boxAt, type Point } from '@/components/editor/graph/geometry'
import { useEditor, useEditorState } from '@/components/editor/store/context'
import type { Editor, FlowEdge, FlowNode } from '@/components/editor/store/types'
import { DistanceMark } from '@/components/graph-canvas/distance-mark'
import { Overview } from '@/components/graph-canvas/overview'
import { onMoves, useMoving } from '@/components/graph-canvas/use-moving'
import { useHasRun } from '@/components/live/run-context'
import { BusyMark } from '@/components/run/canvas/busy-mark'
import { RunOverview } from '@/components/run/canvas/run-overview'
import { useIsWide } from '@/components/ui/use-is-wide'

const nodeTypes = { card: NodeCard, box: BoxNode, note: NoteNode }
const edgeTypes = { wire: Wire }
const manyKeys = ['Shift', 'Meta', 'Control']

/** The drawing itself. Everything it shows comes from the store, everything that happens on it becomes an edit. */
export function Canvas() {
  const editor = useEditor()
  const hasRun = useHasRun()
  const { store } = editor
  const nodes = useEditorState(({ flow }) => flow.nodes)
  const edges = useEditorState(({ flow }) => flow.edges)
  const isWide = useIsWide()
  const element = useRef<HTMLDivElement>(null)
  const pointer = useRef<Point | null>(null)
  const moving = useMoving(element)
  const moves = useMemo(() => onMoves(moving), [moving])
  const dragging = useDragging(moving)
  const connecting = useConnecting()
  const handlers = useHandlers()
  const drawnGraph = useCallback(() => store.getState().graph, [store])

  const flow = useReactFlow<FlowNode, FlowEdge>()
  useEffect(() => {
    if (element.current) editor.canvas.current = canvasView(element.current, flow, pointer)
    return () => {
      editor.canvas.current = null
    }
  }, [editor, flow])
  useKeepInView(element)
  useKeepFocus(element)

  // Whoever comes with the keyboard takes up the node that has the focus.
  const onFocus = (event: FocusEvent) => {
    const node = event.target.closest('.react-flow__node')
    const id = node?.getAttribute('data-id')
    if (node && id && node === event.target && node.matches(':focus-visible')) store.getState().select([id])
  }
  return (
    <section
      ref={element}
      aria-label="Canvas"
      tabIndex={-1}
      className="baton-canvas relative h-full min-w-0 flex-1 outline-none"
      onPointerMove={({ clientX, clientY }) => {
        pointer.current = { x: clientX, y: clientY }
      }}
      onPointerLeave={() => {
        pointer.current = null
      }}
      onFocus={onFocus}
      onDoubleClick={(event) => {
        if (event.target instanceof Element && event.target.matches('.react-flow__pane')) openMenu(editor, event)
      }}
    >
      <ReactFlow<FlowNode, FlowEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        {...handlers}
        {...moves}
        {...dragging}
        {...connecting}
        defaultEdgeOptions={edgeDefaults}
        connectionRadius={28}
        connectionLineType={ConnectionLineType.SmoothStep}
        deleteKeyCode={null}
        multiSelectionKeyCode={manyKeys}
        selectionKeyCode="Shift"
        panOnScroll
        zoomOnDoubleClick={false}
        disableKeyboardA11y
        edgesFocusable={false}
        nodeDragThreshold={2}
        minZoom={zooms.min}
        maxZoom={zooms.max}
        fitView
        fitViewOptions={fitAtFirst}
        proOptions={hidden}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.4} />
        <DistanceMark graph={drawnGraph} />
        {isWide && (hasRun ? <RunOverview /> : <Overview />)}
      </ReactFlow>
      <CanvasControls />
      {hasRun && <BusyMark />}
    </section>
  )
}

/** When the inspector opens, the canvas gets smaller: what it is about stays in view. */
function useKeepInView(element: RefObject<HTMLElement | null>) {
  const editor = useEditor()
  useEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(() => {
      const [id, ...more] = editor.store.getState().selected
      if (id !== undefined && more.length === 0) editor.canvas.current?.reveal(id)
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [editor, element])
}

/** When what has the focus is taken away, a node or its inspector, the keyboard is still on the canvas. */
function useKeepFocus(element: RefObject<HTMLElement | null>) {
  const { store } = useEditor()
  useEffect(() => {
    const canvas = element.current
    let last: EventTarget | null = null
    const hear = ({ target }: globalThis.FocusEvent) => {
      last = target
    }
    document.addEventListener('focusin', hear)
    const unsubscribe = store.subscribe((state, before) => {
      if (state.graph === before.graph && state.selected === before.selected) return
      requestAnimationFrame(() => {
        const isGone = last instanceof HTMLElement && !last.isConnected
        if (isGone && document.activeElement === document.body) canvas?.focus({ preventScroll: true })
      })
    })
    return () => {
      document.removeEventListener('focusin', hear)
      unsubscribe()
    }
  }, [store, element])
}

/** The same functions at every drawing: React Flow tells all of its nodes when one of them is another. */
function useHandlers() {
  const editor = useEditor()
  return useMemo(
    () => ({
      onNodesChange: takeNodeChanges(editor.store),
      onEdgesChange: (changes: EdgeChange<FlowEdge>[]) => takeEdgeChanges(editor.store, changes),
      onPaneContextMenu: (event: AnyMouseEvent) => openMenu(editor, event),
      onNodeDoubleClick: (_event: AnyMouseEvent, node: FlowNode) => openNode(editor, node.id),
      onNodeContextMenu: (event: AnyMouseEvent, node: FlowNode) => openNodeMenu(editor, event, node.id),
      onEdgeContextMenu: (event: AnyMouseEvent, edge: FlowEdge) => openEdgeMenu(editor, event, edge.id),
      onSelectionContextMenu: (event: AnyMouseEvent, [node]: FlowNode[]) =>
        node && openNodeMenu(editor, event, node.id),
    }),
    [editor],
  )
}

type AnyMouseEvent = MouseEvent | globalThis.MouseEvent

function openMenu(editor: Editor, event: AnyMouseEvent): void {
  event.preventDefault()
  const view = editor.canvas.current
  if (!view) return
  const screen = { x: event.clientX, y: event.clientY }
  const at = view.toCanvas(screen)
  const { graph, show } = editor.store.getState()
  show({ menu: { screen, at: around(at), parent: boxAt(graph, at, new Set()), purpose: { type: 'free' } } })
}

const edgeDefaults = { reconnectable: true } as const
const fitAtFirst = { padding: 0.14, maxZoom: 1 } as const
const hidden = { hideAttribution: true } as const

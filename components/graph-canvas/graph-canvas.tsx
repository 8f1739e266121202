'use client'
import '@xyflow/react/dist/base.css'
import '@/components/editor/canvas/canvas.css'
import './distance.css'
import './graph-canvas.css'
import { Background, BackgroundVariant, type EdgeTypes, type NodeTypes, ReactFlow } from '@xyflow/react'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useCallback, useMemo, useRef } from 'react'
import type { FlowEdge, FlowNode } from '@/components/editor/store/types'
import { cx } from '@/components/ui/cx'
import { useIsWide } from '@/components/ui/use-is-wide'
import type { Graph } from '@/engine/graph/schema'
import { beginningOf } from './beginning'
import { DetailsProvider } from './details-context'
import { DistanceMark } from './distance-mark'
import { flowOf } from './flow-of'
import { onMoves, useMoving } from './use-moving'
import { ViewControls } from './view-controls'

type Props = {
  graph: Graph
  /** What the picture is called for those who don't see it. */
  label: string
  className?: string
  nodeTypes: NodeTypes
  edgeTypes: EdgeTypes
  /** Called with the node that was pressed, or null for the ground beside them. Without it, nothing can be chosen. */
  onChoose?: (id: string | null) => void
  /** Whom the wheel moves: this picture, or the page that it is a part of. */
  wheel?: 'picture' | 'page'
  /** On a phone: everything, or the beginning at a size that can be read. */
  small?: 'everything' | 'beginning'
  /** The whole of it in small, where there is room for that. */
  overview?: ReactNode
  children?: ReactNode
}

/** A graph to look at: it can be moved and enlarged, and nothing in it can be changed. Another graph needs another `key`. */
export function GraphCanvas(props: Props) {
  const { graph, label, className, nodeTypes, edgeTypes, onChoose, children } = props
  const { wheel = 'picture', small = 'everything', overview } = props
  const isWide = useIsWide()
  const { nodes, edges } = useMemo(() => flowOf(graph), [graph])
  const drawnGraph = useCallback(() => graph, [graph])
  const choosing = useMemo(() => onChoose && choosingHandlers(onChoose), [onChoose])
  const element = useRef<HTMLElement>(null)
  const moving = useMoving(element)
  const moves = useMemo(() => onMoves(moving), [moving])
  return (
    <section
      ref={element}
      aria-label={label}
      className={cx('baton-canvas still-canvas relative h-full min-w-0', onChoose && 'is-choosable', className)}
      onKeyDown={choosing?.onKeyDown}
    >
      <DetailsProvider>
        <ReactFlow<FlowNode, FlowEdge>
          defaultNodes={nodes}
          defaultEdges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          {...(choosing && { onNodeClick: choosing.onNodeClick, onPaneClick: choosing.onPaneClick })}
          {...(wheel === 'picture' ? { panOnScroll: isWide } : scrollsPage)}
          {...still}
          {...moves}
          {...(onChoose ? { disableKeyboardA11y: true } : { ariaLabelConfig: spoken })}
          fitView={isWide || small === 'everything'}
          fitViewOptions={whole}
          {...(small === 'beginning' && { defaultViewport: beginningOf(graph) })}
          minZoom={0.08}
          maxZoom={2}
          proOptions={hidden}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.4} />
          <DistanceMark graph={drawnGraph} />
          {isWide && overview}
          <ViewControls />
        </ReactFlow>
      </DetailsProvider>
      {children}
    </section>
  )
}

function choosingHandlers(choose: (id: string | null) => void) {
  return {
    onNodeClick: ({ target }: MouseEvent, { id }: FlowNode) => {
      // A button on a node does what it says and chooses nothing.
      if (!(target instanceof Element && target.closest('button'))) choose(id)
    },
    onPaneClick: () => choose(null),
    onKeyDown: ({ target, key }: KeyboardEvent) => {
      const id = target instanceof Element && target.matches('.react-flow__node') && target.getAttribute('data-id')
      if (id && (key === 'Enter' || key === ' ')) choose(id)
      if (key === 'Escape') choose(null)
    },
  }
}

const still = {
  nodesDraggable: false,
  nodesConnectable: false,
  elementsSelectable: false,
  edgesFocusable: false,
  deleteKeyCode: null,
  zoomOnDoubleClick: false,
} as const
const scrollsPage = { zoomOnScroll: false, preventScrolling: false } as const
const whole = { padding: 0.12, maxZoom: 1 } as const
const hidden = { hideAttribution: true } as const
// Read with each node that the focus reaches; the picture moves there by itself.
const spoken = { 'node.a11yDescription.default': 'A node of the graph. It can be looked at, not changed.' } as const

'use client'
import '@xyflow/react/dist/base.css'
import '@/components/editor/canvas/canvas.css'
import './run-canvas.css'
import { Background, BackgroundVariant, MiniMap, type Node, ReactFlow, ReactFlowProvider } from '@xyflow/react'
import { type KeyboardEvent, useMemo } from 'react'
import { specOf } from '@/components/editor/graph/kinds'
import type { FlowEdge, FlowNode } from '@/components/editor/store/types'
import { useRunStore } from '@/components/live/run-context'
import { useFocus } from '@/components/run/run-focus'
import { useRunPlace } from '@/components/run/run-place'
import { useIsWide } from '@/components/ui/use-is-wide'
import { BusyMark } from './busy-mark'
import { flowOf } from './flow-of'
import { instanceOf } from './instance-of'
import { RunBox } from './run-box'
import { RunCard } from './run-card'
import { RunNote } from './run-note'
import { RunWire } from './run-wire'
import { ViewControls } from './view-controls'

const nodeTypes = { card: RunCard, box: RunBox, note: RunNote }
const edgeTypes = { wire: RunWire }
const fitAtFirst = { padding: 0.12, maxZoom: 1 } as const
const hidden = { hideAttribution: true } as const
const manyNodes = 14

/** The graph as it was when the run began, with what is happening in it. The drawing itself never changes. */
export function RunCanvas({ label = 'The graph of this run' }: { label?: string }) {
  const { graph } = useRunPlace()
  const focus = useFocus()
  const run = useRunStore()
  const isWide = useIsWide()
  const { nodes, edges } = useMemo(() => flowOf(graph), [graph])
  const select = (id: string) => {
    const path = instanceOf(graph, run.getState().state, focus.getState(), id) ?? id
    focus.select(focus.getState().selected === path ? null : path)
  }
  const onKeyDown = ({ target, key }: KeyboardEvent) => {
    const id = target instanceof Element && target.matches('.react-flow__node') && target.getAttribute('data-id')
    if (id && (key === 'Enter' || key === ' ')) select(id)
    if (key === 'Escape') focus.select(null)
  }
  return (
    <ReactFlowProvider>
      <section aria-label={label} className="baton-canvas run-canvas relative h-full min-w-0" onKeyDown={onKeyDown}>
        <ReactFlow<FlowNode, FlowEdge>
          defaultNodes={nodes}
          defaultEdges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodeClick={(event, { id, type }) => {
            const isButton = event.target instanceof Element && event.target.closest('button') !== null
            if (!isButton && type !== 'note') select(id)
          }}
          onPaneClick={() => focus.select(null)}
          nodesDraggable={false}
          nodesConnectable={false}
          elementsSelectable={false}
          edgesFocusable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          panOnScroll={isWide}
          zoomOnDoubleClick={false}
          minZoom={0.08}
          maxZoom={2}
          fitView
          fitViewOptions={fitAtFirst}
          proOptions={hidden}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.4} />
          {isWide && nodes.length > manyNodes && (
            <MiniMap
              position="bottom-right"
              pannable
              zoomable
              nodeColor={colourOf}
              ariaLabel="Overview"
              nodeBorderRadius={6}
            />
          )}
          <ViewControls />
        </ReactFlow>
        <BusyMark />
      </section>
    </ReactFlowProvider>
  )
}

const colourOf = (node: Node): string => {
  const family = specOf((node as FlowNode).data.node.kind)?.family ?? 'ends'
  const share = node.type === 'box' ? '16%, transparent' : '62%, var(--surface)'
  return `color-mix(in oklab, var(--${family === 'note' ? 'human' : family}) ${share})`
}

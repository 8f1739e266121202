'use client'
import '@xyflow/react/dist/base.css'
import '@/components/editor/canvas/canvas.css'
import './picture.css'
import { Background, BackgroundVariant, ReactFlow } from '@xyflow/react'
import { type KeyboardEvent, useMemo } from 'react'
import type { FlowEdge, FlowNode } from '@/components/editor/store/types'
import { flowOf } from '@/components/run/canvas/flow-of'
import { ViewControls } from '@/components/run/canvas/view-controls'
import { useIsWide } from '@/components/ui/use-is-wide'
import type { Graph } from '@/engine/graph/schema'
import { useShown } from './picture-context'
import { pictureNodes } from './picture-nodes'
import { PictureWire } from './picture-wire'

const edgeTypes = { wire: PictureWire }
const fitAtFirst = { padding: 0.14, maxZoom: 1 } as const
const hidden = { hideAttribution: true } as const

/** A graph to look at. What is shown is another picture for another graph, so it is drawn anew. */
export function VersionPicture({ graph, label }: { graph: Graph; label: string }) {
  const { chosen, choose } = useShown()
  const isWide = useIsWide()
  const { nodes, edges } = useMemo(() => flowOf(graph), [graph])
  const toggle = (id: string) => choose(chosen === id ? null : id)
  const onKeyDown = ({ target, key }: KeyboardEvent) => {
    const id = target instanceof Element && target.matches('.react-flow__node') && target.getAttribute('data-id')
    if (id && (key === 'Enter' || key === ' ')) toggle(id)
    if (key === 'Escape') choose(null)
  }
  return (
    <section aria-label={label} className="baton-canvas version-picture relative h-full min-w-0" onKeyDown={onKeyDown}>
      <ReactFlow<FlowNode, FlowEdge>
        defaultNodes={nodes}
        defaultEdges={edges}
        nodeTypes={pictureNodes}
        edgeTypes={edgeTypes}
        onNodeClick={(_event, { id }) => toggle(id)}
        onPaneClick={() => choose(null)}
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
        <ViewControls />
      </ReactFlow>
    </section>
  )
}

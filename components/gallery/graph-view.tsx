'use client'
import '@xyflow/react/dist/base.css'
import '@/components/editor/canvas/canvas.css'
import {
  Background,
  BackgroundVariant,
  BaseEdge,
  type EdgeProps,
  getSmoothStepPath,
  type NodeProps,
  ReactFlow,
  ReactFlowProvider,
} from '@xyflow/react'
import { Crown } from 'lucide-react'
import { memo, useMemo } from 'react'
import { rectOf } from '@/components/editor/graph/geometry'
import { isNote, isTeam, nameOf, specOf } from '@/components/editor/graph/kinds'
import type { FlowEdge, FlowNode } from '@/components/editor/store/types'
import { KindIcon } from '@/components/node-kit/kind-icon'
import { Dots } from '@/components/run/canvas/dots'
import { flowOf } from '@/components/run/canvas/flow-of'
import { RunNote } from '@/components/run/canvas/run-note'
import { ViewControls } from '@/components/run/canvas/view-controls'
import { cx } from '@/components/ui/cx'
import { useIsWide } from '@/components/ui/use-is-wide'
import type { Graph } from '@/engine/graph/schema'
import { views } from '@/nodes/registry/views'

/** A graph to look at: it can be moved and enlarged, and nothing in it can be changed. */
export function GraphView({ graph, label }: { graph: Graph; label: string }) {
  const isWide = useIsWide()
  const { nodes, edges } = useMemo(() => flowOf(graph), [graph])
  return (
    <ReactFlowProvider>
      <section
        aria-label={label}
        className="baton-canvas relative h-full min-w-0 [&_.react-flow__node]:cursor-grab [&_.react-flow__pane]:cursor-grab"
      >
        <ReactFlow<FlowNode, FlowEdge>
          defaultNodes={nodes}
          defaultEdges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          deleteKeyCode={null}
          // The page scrolls on when the pointer is over the picture.
          zoomOnScroll={false}
          preventScrolling={false}
          zoomOnDoubleClick={false}
          minZoom={0.08}
          maxZoom={2}
          fitView={isWide}
          fitViewOptions={whole}
          defaultViewport={beginning(graph)}
          ariaLabelConfig={spoken}
          proOptions={{ hideAttribution: true }}
        >
          <Background variant={BackgroundVariant.Dots} gap={20} size={1.4} />
          <ViewControls />
        </ReactFlow>
      </section>
    </ReactFlowProvider>
  )
}

const whole = { padding: 0.08, maxZoom: 1 } as const
// Read with each node that the focus reaches; the picture moves there by itself.
const spoken = { 'node.a11yDescription.default': 'A node of the graph. It can be looked at, not changed.' } as const

/** On a phone the whole would be too small to read: one begins at the beginning and moves on. */
function beginning(graph: Graph) {
  const zoom = 0.5
  const first = graph.nodes.find(({ kind, parent }) => !isNote(kind) && parent === undefined)
  const { x, y, height } = (first && rectOf(graph, first.id)) ?? { x: 0, y: 0, height: 0 }
  return { x: 20 - x * zoom, y: 160 - (y + height / 2) * zoom, zoom }
}

const PlainCard = memo(function PlainCard({ data, height = 84 }: NodeProps<FlowNode>) {
  const { node, leads } = data
  const line = views[node.kind]?.line(node.config) ?? ''
  return (
    <>
      <div className="node-card">
        <div className="flex items-center gap-2.5">
          <KindIcon view={views[node.kind]} />
          <div className="min-w-0 flex-1">
            <p className="flex items-center gap-1.5 text-sm leading-5 font-semibold">
              <span className="truncate">{nameOf(node)}</span>
              {leads && <Crown size={14} aria-label="leads the team" className="text-people shrink-0" />}
            </p>
            <p className="text-ink-faint truncate text-xs">{specOf(node.kind)?.title ?? node.kind}</p>
          </div>
        </div>
        <p className="text-ink-soft mt-1.5 truncate text-xs">{line}</p>
      </div>
      <Dots ports={data.ports} hasTarget={data.hasTarget} height={height} />
    </>
  )
})

const PlainBox = memo(function PlainBox({ data, height = 188 }: NodeProps<FlowNode>) {
  const { node } = data
  return (
    <>
      <section className={cx('node-box', `node-box-${specOf(node.kind)?.family ?? 'ends'}`)}>
        <header className="flex h-11 items-center gap-2 px-3">
          <KindIcon view={views[node.kind]} size="small" />
          <p className="min-w-0 truncate text-sm font-semibold">{nameOf(node)}</p>
          <span className="node-chip">
            {isTeam(node.kind) ? String(node.config.mode) : (specOf(node.kind)?.title ?? node.kind)}
          </span>
        </header>
      </section>
      <Dots ports={data.ports} hasTarget={data.hasTarget} height={height} />
    </>
  )
})

const PlainWire = memo(function PlainWire(props: EdgeProps<FlowEdge>) {
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data } = props
  const ends = { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition }
  const [path] = getSmoothStepPath({ ...ends, borderRadius: 10, offset: 18 })
  const port = data?.edge.sourcePort
  return (
    <g className="wire">
      <BaseEdge path={path} interactionWidth={0} />
      {port !== undefined && port !== 'out' && (
        <text x={sourceX + 12} y={sourceY - 7} className="wire-label">
          {port}
        </text>
      )}
    </g>
  )
})

const nodeTypes = { card: PlainCard, box: PlainBox, note: RunNote }
const edgeTypes = { wire: PlainWire }

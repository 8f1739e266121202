'use client'
import type { EdgeProps, NodeProps } from '@xyflow/react'
import { Crown } from 'lucide-react'
import { memo } from 'react'
import { isTeam, nameOf, specOf } from '@/components/editor/graph/kinds'
import type { FlowEdge, FlowNode } from '@/components/editor/store/types'
import { BoxHeader } from '@/components/graph-canvas/box-header'
import { CardFrame } from '@/components/graph-canvas/card-frame'
import { Dots } from '@/components/graph-canvas/dots'
import { GraphCanvas } from '@/components/graph-canvas/graph-canvas'
import { StillNote } from '@/components/graph-canvas/still-note'
import { WireLine, wirePath } from '@/components/graph-canvas/wire-line'
import { KindIcon } from '@/components/node-kit/kind-icon'
import { cx } from '@/components/ui/cx'
import type { Graph } from '@/engine/graph/schema'
import { views } from '@/nodes/registry/views'

/** A graph as it was drawn, on a page that scrolls on when the pointer is over it. */
export const GraphView = ({ graph, label }: { graph: Graph; label: string }) => (
  <GraphCanvas graph={graph} label={label} nodeTypes={nodeTypes} edgeTypes={edgeTypes} wheel="page" small="beginning" />
)

const PlainCard = memo(function PlainCard({ data, height = 84 }: NodeProps<FlowNode>) {
  const { node, leads } = data
  const line = views[node.kind]?.line(node.config) ?? ''
  return (
    <>
      <CardFrame node={node}>
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
      </CardFrame>
      <Dots ports={data.ports} hasTarget={data.hasTarget} height={height} />
    </>
  )
})

const PlainBox = memo(function PlainBox({ data, height = 188 }: NodeProps<FlowNode>) {
  const { node } = data
  return (
    <>
      <section className={cx('node-box', `node-box-${specOf(node.kind)?.family ?? 'ends'}`)}>
        <BoxHeader
          node={node}
          facts={
            <span className="node-chip">
              {isTeam(node.kind) ? String(node.config.mode) : (specOf(node.kind)?.title ?? node.kind)}
            </span>
          }
        />
      </section>
      <Dots ports={data.ports} hasTarget={data.hasTarget} height={height} />
    </>
  )
})

const PlainWire = memo(function PlainWire(props: EdgeProps<FlowEdge>) {
  return (
    <g className="wire">
      <WireLine wire={props} path={wirePath(props)} />
    </g>
  )
})

const nodeTypes = { card: PlainCard, box: PlainBox, note: StillNote }
const edgeTypes = { wire: PlainWire }

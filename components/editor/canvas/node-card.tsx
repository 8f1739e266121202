'use client'
import type { NodeProps } from '@xyflow/react'
import { Crown } from 'lucide-react'
import { memo } from 'react'
import { PinMark } from '@/components/editor/canvas/pin-mark'
import { Ports } from '@/components/editor/canvas/ports'
import { ProblemMark } from '@/components/editor/canvas/problem-mark'
import { nameOf, specOf } from '@/components/editor/graph/kinds'
import { countRender } from '@/components/editor/store/renders'
import type { FlowNode, NodeData } from '@/components/editor/store/types'
import { CardFrame } from '@/components/graph-canvas/card-frame'
import { useHasRun } from '@/components/live/run-context'
import { KindIcon } from '@/components/node-kit/kind-icon'
import { NodeFace } from '@/components/run/canvas/run-card'
import { cx } from '@/components/ui/cx'
import type { GraphNode } from '@/engine/graph/schema'
import { views } from '@/nodes/registry/views'

type Props = NodeProps<FlowNode>

/** Moving a node changes its place on the canvas but nothing of what it shows. */
export const isDrawnSame = (a: Props, b: Props): boolean =>
  a.data === b.data && a.selected === b.selected && a.height === b.height && a.width === b.width

export const NodeCard = memo(function NodeCard({ id, data, selected, height = 84 }: Props) {
  countRender(`node ${id}`)
  return (
    <>
      {useHasRun() ? (
        <NodeFace id={id} data={data} />
      ) : (
        <CardFrame node={data.node} className={cx(selected && 'is-selected', data.errors > 0 && 'has-errors')}>
          <NodeHead data={data} />
          <NodeLine node={data.node} />
        </CardFrame>
      )}
      <Ports id={id} ports={data.ports} hasTarget={data.hasTarget} height={height} />
    </>
  )
}, isDrawnSame)

export function NodeHead({ data: { node, leads, pinned, errors, warnings } }: { data: NodeData }) {
  const view = views[node.kind]
  return (
    <div className="flex items-center gap-2.5">
      <KindIcon view={view} />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-1.5 text-sm leading-5 font-semibold">
          <span className="truncate">{nameOf(node)}</span>
          {leads && <Crown size={14} aria-label="leads the team" className="text-people shrink-0" />}
        </p>
        <p className="node-detail text-ink-faint truncate text-xs">
          {specOf(node.kind)?.title ?? node.kind}
          <span className="font-mono"> · {node.id}</span>
        </p>
      </div>
      {pinned && <PinMark />}
      <ProblemMark errors={errors} warnings={warnings} />
    </div>
  )
}

export const NodeLine = memo(function NodeLine({ node }: { node: GraphNode }) {
  const line = views[node.kind]?.line(node.config) ?? ''
  return (
    <p className={cx('node-detail mt-1.5 truncate text-xs', line === '' ? 'text-ink-faint' : 'text-ink-soft')}>
      {line === '' ? 'Not set up yet' : line}
    </p>
  )
})

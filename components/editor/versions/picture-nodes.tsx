'use client'
import type { NodeProps } from '@xyflow/react'
import { memo, type ReactNode } from 'react'
import { BoxHead } from '@/components/editor/canvas/box-node'
import { isDrawnSame, NodeHead, NodeLine } from '@/components/editor/canvas/node-card'
import { specOf } from '@/components/editor/graph/kinds'
import type { FlowNode } from '@/components/editor/store/types'
import { CardFrame } from '@/components/graph-canvas/card-frame'
import { Dots } from '@/components/graph-canvas/dots'
import { StillNote } from '@/components/graph-canvas/still-note'
import { cx } from '@/components/ui/cx'
import { MarkBadge } from './mark-badge'
import { useShown } from './picture-context'

/** How the node differs: a frame, and the word for it. */
function useMark(id: string): { look: string; badge: ReactNode } {
  const { marks, chosen } = useShown()
  const mark = marks?.get(id)
  return {
    look: cx(
      mark !== undefined && `is-${mark}`,
      marks !== null && mark === undefined && 'is-same',
      chosen === id && 'is-chosen',
    ),
    badge: mark !== undefined && (
      <span className="absolute -top-2.5 right-3">
        <MarkBadge mark={mark} />
      </span>
    ),
  }
}

const Card = memo(function Card({ id, data, height = 84 }: NodeProps<FlowNode>) {
  const { look, badge } = useMark(id)
  return (
    <>
      <CardFrame node={data.node} className={look}>
        <NodeHead data={data} />
        <NodeLine node={data.node} />
      </CardFrame>
      {badge}
      <Dots ports={data.ports} hasTarget={data.hasTarget} height={height} />
    </>
  )
}, isDrawnSame)

const Box = memo(function Box({ id, data, height = 188 }: NodeProps<FlowNode>) {
  const { look, badge } = useMark(id)
  const { node } = data
  return (
    <>
      <section className={cx('node-box', `node-box-${specOf(node.kind)?.family ?? 'ends'}`, look)}>
        <BoxHead node={node} errors={0} warnings={0} drop="none" />
      </section>
      {badge}
      <Dots ports={data.ports} hasTarget={data.hasTarget} height={height} />
    </>
  )
}, isDrawnSame)

const Note = memo(function Note(props: NodeProps<FlowNode>) {
  const { look, badge } = useMark(props.id)
  return (
    <div className={cx('h-full rounded-card', look)}>
      <StillNote {...props} />
      {badge}
    </div>
  )
}, isDrawnSame)

export const pictureNodes = { card: Card, box: Box, note: Note }

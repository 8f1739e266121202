'use client'
import { BaseEdge, type EdgeProps, getSmoothStepPath } from '@xyflow/react'
import { memo } from 'react'
import type { FlowEdge } from '@/components/editor/store/types'
import { cx } from '@/components/ui/cx'
import { useShown } from './picture-context'

export const PictureWire = memo(function PictureWire(props: EdgeProps<FlowEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data } = props
  const { marks, wires } = useShown()
  const mark = wires.get(id)
  const ends = { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition }
  const [path] = getSmoothStepPath({ ...ends, borderRadius: 10, offset: 18 })
  const port = data?.edge.sourcePort
  return (
    <g className={cx('wire', mark !== undefined && `is-${mark}`, marks !== null && mark === undefined && 'is-same')}>
      <BaseEdge path={path} interactionWidth={0} />
      {port !== undefined && port !== 'out' && (
        <text x={sourceX + 12} y={sourceY - 7} className="wire-label">
          {port}
        </text>
      )}
    </g>
  )
})

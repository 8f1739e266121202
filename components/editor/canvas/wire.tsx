'use client'
import { BaseEdge, type EdgeProps, getSmoothStepPath } from '@xyflow/react'
import { memo } from 'react'
import { countRender } from '@/components/editor/store/renders'
import type { FlowEdge } from '@/components/editor/store/types'
import { useHasRun } from '@/components/live/run-context'
import { LiveGroup } from '@/components/run/canvas/run-wire'
import { cx } from '@/components/ui/cx'

/** An edge: a smooth step with round corners, and the branch it stands for. */
export const Wire = memo(function Wire(props: EdgeProps<FlowEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data, selected } = props
  countRender(`edge ${id}`)
  const [path] = getSmoothStepPath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition,
    targetPosition,
    borderRadius: 10,
    offset: 18,
  })
  const port = data?.edge.sourcePort
  const look = cx('wire', selected && 'is-selected', data?.receives && 'is-welcome')
  const drawn = (
    <>
      <BaseEdge path={path} interactionWidth={22} />
      {port !== undefined && port !== 'out' && (
        <text x={sourceX + 12} y={sourceY - 7} className="wire-label">
          {port}
        </text>
      )}
    </>
  )
  if (!useHasRun() || data === undefined) return <g className={look}>{drawn}</g>
  return (
    <LiveGroup edge={data.edge} path={path} className={look}>
      {drawn}
    </LiveGroup>
  )
})

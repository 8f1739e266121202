import { BaseEdge, type EdgeProps, getSmoothStepPath } from '@xyflow/react'
import type { FlowEdge } from '@/components/editor/store/types'

type Ends = Pick<
  EdgeProps<FlowEdge>,
  'sourceX' | 'sourceY' | 'targetX' | 'targetY' | 'sourcePosition' | 'targetPosition'
>

/** A smooth step with round corners. */
export function wirePath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition }: Ends): string {
  const ends = { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition }
  return getSmoothStepPath({ ...ends, borderRadius: 10, offset: 18 })[0]
}

type Props = {
  wire: Pick<EdgeProps<FlowEdge>, 'sourceX' | 'sourceY' | 'data'>
  path: string
  /** How wide the stretch is on which a pointer meets it. */
  reach?: number
}

/** The line of an edge, and the branch it stands for. */
export function WireLine({ wire: { sourceX, sourceY, data }, path, reach = 0 }: Props) {
  const port = data?.edge.sourcePort
  return (
    <>
      <BaseEdge path={path} interactionWidth={reach} />
      {port !== undefined && port !== 'out' && (
        <text x={sourceX + 12} y={sourceY - 7} className="wire-label">
          {port}
        </text>
      )}
    </>
  )
}

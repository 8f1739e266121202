'use client'
import { BaseEdge, type EdgeProps, getSmoothStepPath } from '@xyflow/react'
import { memo, type ReactNode } from 'react'
import { countRender } from '@/components/editor/store/renders'
import type { FlowEdge } from '@/components/editor/store/types'
import { useRunView } from '@/components/live/run-context'
import type { GraphEdge } from '@/engine/graph/schema'
import { useInstance } from './use-instance'
import { wireState } from './wire-state'

type LiveProps = { edge: GraphEdge; path: string; className: string; children: ReactNode }

/** What a run does to an edge of the builder's canvas. */
export function LiveGroup({ edge, path, className, children }: LiveProps) {
  const from = useInstance(edge.source)
  const to = useInstance(edge.target)
  const state = useRunView((view) => wireState(view.state, edge, from, to))
  return (
    <g className={`${className} run-wire is-${state}`}>
      {children}
      {state === 'passing' && <path d={path} className="run-pulse" />}
    </g>
  )
}

/** An edge that lights up while what went over it is worked on, and goes dim when nothing will come. */
export const RunWire = memo(function RunWire(props: EdgeProps<FlowEdge>) {
  const { id, source, target, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data } = props
  countRender(`edge ${id}`)
  const from = useInstance(source)
  const to = useInstance(target)
  const edge: GraphEdge | undefined = data?.edge
  const state = useRunView((view) => (edge ? wireState(view.state, edge, from, to) : 'idle'))
  const ends = { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition }
  const [path] = getSmoothStepPath({ ...ends, borderRadius: 10, offset: 18 })
  const port = edge?.sourcePort
  return (
    <g className={`wire run-wire is-${state}`}>
      <BaseEdge path={path} interactionWidth={0} />
      {state === 'passing' && <path d={path} className="run-pulse" />}
      {port !== undefined && port !== 'out' && (
        <text x={sourceX + 12} y={sourceY - 7} className="wire-label">
          {port}
        </text>
      )}
    </g>
  )
})

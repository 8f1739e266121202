'use client'
import type { EdgeProps } from '@xyflow/react'
import { memo, type ReactNode } from 'react'
import { edgeId } from '@/components/editor/graph/edge-id'
import { countRender } from '@/components/editor/store/renders'
import type { FlowEdge } from '@/components/editor/store/types'
import { WireLine, wirePath } from '@/components/graph-canvas/wire-line'
import { useRunView } from '@/components/live/run-context'
import { cx } from '@/components/ui/cx'
import type { GraphEdge } from '@/engine/graph/schema'
import { useIsForeign } from './drawn-context'
import { useInstance } from './use-instance'
import { wireState } from './wire-state'

type LiveProps = { id: string; edge: GraphEdge; path: string; className: string; children: ReactNode }

/** What a run does to an edge of the builder's canvas. */
export function LiveGroup({ id, edge, path, className, children }: LiveProps) {
  const from = useInstance(edge.source)
  const to = useInstance(edge.target)
  const isForeign = useIsForeign(edgeId(edge))
  const state = useRunView((view) => (isForeign ? 'idle' : wireState(view.state, edge, from, to)))
  return (
    <g id={id} className={cx(className, `run-wire is-${state}`, isForeign && 'is-foreign')}>
      {children}
      {state === 'passing' && <path d={path} className="run-pulse" />}
    </g>
  )
}

/** An edge that lights up while what went over it is worked on, and goes dim when nothing will come. */
export const RunWire = memo(function RunWire(props: EdgeProps<FlowEdge>) {
  const { id, source, target, data } = props
  countRender(`edge ${id}`)
  const from = useInstance(source)
  const to = useInstance(target)
  const edge: GraphEdge | undefined = data?.edge
  const state = useRunView((view) => (edge ? wireState(view.state, edge, from, to) : 'idle'))
  const path = wirePath(props)
  return (
    <g className={`wire run-wire is-${state}`}>
      <WireLine wire={props} path={path} />
      {state === 'passing' && <path d={path} className="run-pulse" />}
    </g>
  )
})

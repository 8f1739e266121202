'use client'
import type { EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import type { FlowEdge } from '@/components/editor/store/types'
import { WireLine, wirePath } from '@/components/graph-canvas/wire-line'
import { cx } from '@/components/ui/cx'
import { useShown } from './picture-context'

export const PictureWire = memo(function PictureWire(props: EdgeProps<FlowEdge>) {
  const { marks, wires } = useShown()
  const mark = wires.get(props.id)
  return (
    <g className={cx('wire', mark !== undefined && `is-${mark}`, marks !== null && mark === undefined && 'is-same')}>
      <WireLine wire={props} path={wirePath(props)} />
    </g>
  )
})

'use client'
import type { EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { elementOf } from '@/components/editor/canvas/edge-below'
import { useEditorState } from '@/components/editor/store/context'
import { countRender } from '@/components/editor/store/renders'
import type { FlowEdge } from '@/components/editor/store/types'
import { WireLine, wirePath } from '@/components/graph-canvas/wire-line'
import { useHasRun } from '@/components/live/run-context'
import { LiveGroup } from '@/components/run/canvas/run-wire'
import { cx } from '@/components/ui/cx'

/** An edge that one can take hold of. */
export const Wire = memo(function Wire(props: EdgeProps<FlowEdge>) {
  const { id, data, selected } = props
  countRender(`edge ${id}`)
  const receives = useEditorState(({ overEdge }) => overEdge === id)
  const path = wirePath(props)
  const look = cx('wire', selected && 'is-selected', receives && 'is-welcome')
  const drawn = <WireLine wire={props} path={path} reach={22} />
  if (!useHasRun() || data === undefined)
    return (
      <g id={elementOf(id)} className={look}>
        {drawn}
      </g>
    )
  return (
    <LiveGroup id={elementOf(id)} edge={data.edge} path={path} className={look}>
      {drawn}
    </LiveGroup>
  )
})

'use client'
import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { isTeam, specOf } from '@/components/editor/graph/kinds'
import { countRender } from '@/components/editor/store/renders'
import type { FlowNode } from '@/components/editor/store/types'
import { Dots } from '@/components/graph-canvas/dots'
import { useFocused } from '@/components/run/run-focus'
import { cx } from '@/components/ui/cx'
import { CardActions } from './card-actions'
import { useIsForeign } from './drawn-context'
import { RunBoxHead } from './run-box-head'
import { TalkLines } from './talk-lines'
import { useInstance, useNodeState } from './use-instance'

/** A team, map or loop during a run. */
export const RunBox = memo(
  function RunBox({ id, data, height = 188, width = 320 }: NodeProps<FlowNode>) {
    return (
      <>
        <BoxFace id={id} data={data} height={height} width={width} />
        <Dots ports={data.ports} hasTarget={data.hasTarget} height={height} />
      </>
    )
  },
  (a, b) => a.data === b.data && a.height === b.height && a.width === b.width,
)

type FaceProps = { id: string; data: FlowNode['data']; width: number; height: number }

/** A box without its ports, as the builder can draw it too while a run goes on. */
export const BoxFace = memo(function BoxFace({ id, data: { node }, width, height }: FaceProps) {
  countRender(`run ${id}`)
  const path = useInstance(id)
  const state = useNodeState(id, path)
  const isForeign = useIsForeign(id)
  const isSelected = useFocused(({ selected }) => selected === (path ?? id))
  const begun = path !== null && state ? path : null
  const isCrew = isTeam(node.kind)
  return (
    <>
      <section
        className={cx(
          'node-box',
          `node-box-${specOf(node.kind)?.family ?? 'ends'}`,
          `run-${state?.status ?? 'idle'}`,
          isSelected && 'is-selected',
          isForeign && 'is-foreign',
        )}
      >
        <RunBoxHead node={node} path={begun} state={state} width={width} />
        {isCrew && begun !== null && <TalkLines team={node} path={begun} width={width} height={height} />}
      </section>
      {begun !== null && state && <CardActions node={node} path={begun} state={state} />}
    </>
  )
})

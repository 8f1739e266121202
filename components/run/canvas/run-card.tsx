'use client'
import type { NodeProps } from '@xyflow/react'
import { Crown } from 'lucide-react'
import { memo } from 'react'
import { nameOf, specOf } from '@/components/editor/graph/kinds'
import { countRender } from '@/components/editor/store/renders'
import type { FlowNode } from '@/components/editor/store/types'
import { CardFrame } from '@/components/graph-canvas/card-frame'
import { Dots } from '@/components/graph-canvas/dots'
import { KindIcon } from '@/components/node-kit/kind-icon'
import { CompareMark } from '@/components/run/compare/compare-mark'
import { NodeLine } from '@/components/run/node-line'
import { useFocused } from '@/components/run/run-focus'
import { cx } from '@/components/ui/cx'
import { views } from '@/nodes/registry/views'
import { CardActions } from './card-actions'
import { CardMeta } from './card-meta'
import { useIsForeign } from './drawn-context'
import { StatusMark } from './status-mark'
import { useInstance, useNodeState } from './use-instance'

/** A node on the canvas of a run: what it is, how it stands, what it says, what it took. */
export const RunCard = memo(
  function RunCard({ id, data, height = 84 }: NodeProps<FlowNode>) {
    return (
      <>
        <NodeFace id={id} data={data} />
        <Dots ports={data.ports} hasTarget={data.hasTarget} height={height} />
      </>
    )
  },
  (a, b) => a.data === b.data && a.height === b.height,
)

/** The inside of a card during a run. It asks for its own state only: an event of the run draws one node again. */
export const NodeFace = memo(function NodeFace({ id, data }: { id: string; data: FlowNode['data'] }) {
  countRender(`run ${id}`)
  const { node, leads } = data
  const path = useInstance(id)
  const state = useNodeState(id, path)
  const isForeign = useIsForeign(id)
  const isSelected = useFocused(({ selected }) => selected === (path ?? id))
  return (
    <>
      <CardFrame
        node={node}
        className={cx(
          'run-card',
          `run-${state?.status ?? 'idle'}`,
          isSelected && 'is-selected',
          isForeign && 'is-foreign',
        )}
      >
        <div className="flex items-center gap-2.5">
          <span className={cx('run-ring', state?.status === 'running' && 'is-turning')}>
            <KindIcon view={views[node.kind]} />
          </span>
          <div className="min-w-0 flex-1">
            <p className="flex items-center gap-1.5 text-sm leading-5 font-semibold">
              <span className="truncate">{nameOf(node)}</span>
              {leads && <Crown size={14} aria-label="leads the team" className="text-people shrink-0" />}
            </p>
            <CardMeta
              path={path}
              state={state}
              idle={isForeign ? 'Not in this run' : `${specOf(node.kind)?.title ?? node.kind} · ${node.id}`}
            />
          </div>
          <CompareMark id={id} />
          <StatusMark state={state} />
        </div>
        <NodeLine node={node} path={path} state={state} className="text-xs" />
      </CardFrame>
      {path !== null && state && <CardActions node={node} path={path} state={state} />}
    </>
  )
})

'use client'
import type { NodeProps } from '@xyflow/react'
import { memo, useEffect, useMemo } from 'react'
import { isTeam, nameOf, specOf } from '@/components/editor/graph/kinds'
import { countRender } from '@/components/editor/store/renders'
import type { FlowNode } from '@/components/editor/store/types'
import { Dots } from '@/components/graph-canvas/dots'
import { useSlowRunView } from '@/components/live/run-context'
import { KindIcon } from '@/components/node-kit/kind-icon'
import { CompareMark } from '@/components/run/compare/compare-mark'
import { usageInside } from '@/components/run/node-numbers'
import { useFocus, useFocused } from '@/components/run/run-focus'
import { useRunPlace } from '@/components/run/run-place'
import { cx } from '@/components/ui/cx'
import type { GraphNode } from '@/engine/graph/schema'
import type { PathKey } from '@/engine/path'
import { views } from '@/nodes/registry/views'
import { boxProgress, scopeToFollow } from './box-progress'
import { CardActions } from './card-actions'
import { CardMeta, usageText } from './card-meta'
import { ScopeSelector } from './scope-selector'
import { ScopeStrip } from './scope-strip'
import { StatusMark } from './status-mark'
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
  const state = useNodeState(path)
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
        )}
      >
        <header className="flex h-11 items-center gap-2 px-3">
          <KindIcon view={views[node.kind]} size="small" />
          <p className="min-w-0 truncate text-sm font-semibold">{nameOf(node)}</p>
          {isCrew && <span className="node-chip">{String(node.config.mode)}</span>}
          {!isCrew && begun !== null && <BoxScopes node={node} path={begun} width={width} />}
          <span className="flex-1" />
          {isCrew && <CardMeta path={path} state={state} idle="" />}
          {begun !== null && width > 420 && <BoxUsage path={begun} />}
          <CompareMark id={id} />
          <StatusMark state={state} />
        </header>
        {isCrew && begun !== null && <TalkLines team={node} path={begun} width={width} height={height} />}
      </section>
      {begun !== null && state && <CardActions node={node} path={begun} state={state} />}
    </>
  )
})

/** What everything inside used up so far. */
function BoxUsage({ path }: { path: PathKey }) {
  const { state } = useSlowRunView(300)
  const text = usageText(usageInside(state, path)).replace(/^ · /, '')
  return <span className="text-ink-faint shrink-0 text-xs">{text}</span>
}

/** `37/100`, and which of them is looked at. */
function BoxScopes({ node, path, width }: { node: GraphNode; path: PathKey; width: number }) {
  const { graph } = useRunPlace()
  const focus = useFocus()
  const { state } = useSlowRunView(200)
  const progress = useMemo(() => boxProgress(graph, state, node.id, path), [graph, state, node.id, path])
  useEffect(() => {
    focus.follow(path, scopeToFollow(progress, focus.getState().followed.get(path) ?? 0))
  }, [focus, path, progress])
  if (progress.total === 0) return null
  return (
    <>
      <ScopeSelector kind={node.kind} path={path} progress={progress} />
      <ScopeStrip marks={progress.marks} width={width} />
    </>
  )
}

'use client'
import { useEffect, useMemo } from 'react'
import { isTeam } from '@/components/editor/graph/kinds'
import { BoxHeader } from '@/components/graph-canvas/box-header'
import { useSlowRunView } from '@/components/live/run-context'
import { CompareMark } from '@/components/run/compare/compare-mark'
import { durationOf, isUnderWay } from '@/components/run/node-numbers'
import { useFocus } from '@/components/run/run-focus'
import { useIncluded, useRunPlace } from '@/components/run/run-place'
import { usageText, usingInside } from '@/components/run/usage-text'
import { formatDuration } from '@/components/ui/format'
import type { GraphNode } from '@/engine/graph/schema'
import type { PathKey } from '@/engine/path'
import type { NodeState } from '@/engine/run/state'
import { boxProgress, scopeToFollow } from './box-progress'
import { Running } from './card-meta'
import { ScopeCount, ScopeSelector } from './scope-selector'
import { ScopeStrip } from './scope-strip'
import { StatusMark } from './status-mark'

type Props = { node: GraphNode; path: PathKey | null; state: NodeState | undefined; width: number }
type Begun = Props & { path: PathKey }

/** The header of a box during a run. */
export function RunBoxHead({ path, ...props }: Props) {
  if (isTeam(props.node.kind)) return <TeamHead path={path} {...props} />
  if (path !== null) return <ScopedHead path={path} {...props} />
  return (
    <BoxHeader node={props.node}>
      <Marks {...props} />
    </BoxHeader>
  )
}

const Marks = ({ node, state }: Pick<Props, 'node' | 'state'>) => (
  <>
    <CompareMark id={node.id} />
    <StatusMark state={state} />
  </>
)

function TeamHead({ node, path, state }: Props) {
  const facts = (
    <>
      <span className="node-chip">{String(node.config.mode)}</span>
      {path !== null && <Used path={path} state={state} />}
    </>
  )
  return (
    <BoxHeader node={node} facts={facts}>
      {state && 'startedAt' in state && (
        <span className="text-ink-faint shrink-0 text-xs tabular-nums">
          {isUnderWay(state) ? <Running from={state.startedAt} /> : formatDuration(durationOf(state, 0))}
        </span>
      )}
      <Marks node={node} state={state} />
    </BoxHeader>
  )
}

/** `37/100`, and which of them is looked at. */
function ScopedHead({ node, path, state, width }: Begun) {
  const { graph } = useRunPlace()
  const focus = useFocus()
  const view = useSlowRunView(200)
  const progress = useMemo(() => boxProgress(graph, view.state, node.id, path), [graph, view.state, node.id, path])
  useEffect(() => {
    focus.follow(path, scopeToFollow(progress, focus.getState().followed.get(path) ?? 0))
  }, [focus, path, progress])
  const hasScopes = progress.total > 0
  return (
    <BoxHeader node={node} facts={<Used path={path} state={state} />}>
      {hasScopes && <ScopeCount node={node} progress={progress} />}
      {hasScopes && <ScopeSelector kind={node.kind} path={path} progress={progress} />}
      {hasScopes && <ScopeStrip marks={progress.marks} width={width} />}
      <Marks node={node} state={state} />
    </BoxHeader>
  )
}

/** What everything inside used up so far. */
function Used({ path, state: own }: Pick<Begun, 'path' | 'state'>) {
  const { costs } = useIncluded()
  const view = useSlowRunView(300)
  const attempt = own && 'attempt' in own && own.attempt > 1 ? `attempt ${own.attempt}` : ''
  const text = [attempt, costs ? usageText(usingInside(view, path)) : ''].filter((part) => part !== '').join(' · ')
  return text && <span className="text-ink-faint ml-auto text-xs whitespace-nowrap tabular-nums">{text}</span>
}

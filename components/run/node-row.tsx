'use client'
import { useRunView } from '@/components/live/run-context'
import { KindIcon } from '@/components/node-kit/kind-icon'
import { cx } from '@/components/ui/cx'
import { formatDuration } from '@/components/ui/format'
import type { PathKey } from '@/engine/path'
import { views } from '@/nodes/registry/views'
import { Running } from './canvas/card-meta'
import { NodeLine } from './node-line'
import { durationOf, isUnderWay } from './node-numbers'
import { useIncluded } from './run-place'
import type { NodeEntry } from './run-tree'
import { NodeStatus } from './status'
import { usageText, usingOf } from './usage-text'

type Props = { entry: NodeEntry; selected: PathKey | null; onSelect: (path: PathKey) => void }

/** One node of a run: what it is, how it stands, what it says right now, what it took. */
export function NodeRow({ entry, selected, onSelect }: Props) {
  const { node, path, state, title } = entry
  const isSelected = selected === path
  const isQuiet = state === undefined || state.status === 'skipped'
  return (
    <button
      type="button"
      aria-pressed={isSelected}
      onClick={() => onSelect(path)}
      className={cx(
        '@container grid w-full grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-3 px-4 py-2.5 text-left transition-colors',
        'focus-visible:outline-offset-[-2px]',
        isSelected ? 'bg-accent-tint' : 'hover:bg-hover',
      )}
    >
      <span className={cx('pt-0.5', isQuiet && 'opacity-60')}>
        <KindIcon view={views[node.kind]} />
      </span>
      <span className="grid min-w-0 gap-0.5">
        <span className={cx('truncate font-medium', isQuiet && 'text-ink-soft')}>{title}</span>
        <NodeLine node={node} path={path} state={state} />
      </span>
      <span className="grid justify-items-end gap-0.5">
        <NodeStatus state={state} />
        <NodeNumbers entry={entry} />
      </span>
    </button>
  )
}

function NodeNumbers({ entry: { path, state } }: { entry: NodeEntry }) {
  const { costs } = useIncluded()
  const usage = useRunView((view) => (costs ? usageText(usingOf(view, path)) : ''))
  if (!state || !('startedAt' in state)) return null
  return (
    <span className="text-ink-faint text-xs whitespace-nowrap">
      {usage !== '' && <span className="@max-[30rem]:hidden">{usage} · </span>}
      <span>{isUnderWay(state) ? <Running from={state.startedAt} /> : formatDuration(durationOf(state, 0))}</span>
    </span>
  )
}

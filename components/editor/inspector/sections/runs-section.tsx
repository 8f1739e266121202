'use client'
import { formatDuration } from '@/components/ui/format'
import { SkeletonRows } from '@/components/ui/panel'
import { RelativeTime } from '@/components/ui/time'
import type { NodeRun } from '../inspector-context'
import { StatusBadge } from './node-status'

type Props = {
  /** Newest first. Null: they are on their way. */
  runs: readonly NodeRun[] | null
  onOpen: (runId: string, path: string) => void
}

/** How the node fared lately. */
export function RunsSection({ runs, onOpen }: Props) {
  if (runs === null) return <SkeletonRows rows={3} className="h-10" />
  if (runs.length === 0) return <p className="text-ink-faint text-sm">This node has not run yet.</p>
  return (
    <ul className="grid">
      {runs.map((run) => (
        <RunRow key={`${run.runId} ${run.path}`} run={run} onOpen={() => onOpen(run.runId, run.path)} />
      ))}
    </ul>
  )
}

function RunRow({ run, onOpen }: { run: NodeRun; onOpen: () => void }) {
  return (
    <li className="border-line border-b last:border-b-0">
      <button
        type="button"
        onClick={onOpen}
        className="hover:bg-hover -mx-2 grid w-[calc(100%+1rem)] gap-1 rounded-control px-2 py-2 text-left text-sm"
      >
        <span className="flex items-center gap-2">
          <StatusBadge status={run.status} />
          <span className="text-ink-soft min-w-0 flex-1 truncate">
            <RelativeTime at={run.startedAt} />
          </span>
          <span className="text-ink-faint whitespace-nowrap">{formatDuration(run.durationMs)}</span>
        </span>
        {run.message !== undefined && <span className="text-failed line-clamp-2 text-xs">{run.message}</span>}
      </button>
    </li>
  )
}

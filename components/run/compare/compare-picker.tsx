'use client'
import { useQuery } from '@tanstack/react-query'
import { GitCompareArrows, X } from 'lucide-react'
import { useTRPC } from '@/components/api/trpc'
import { useRunPlace } from '@/components/run/run-place'
import { RunStatus } from '@/components/run/status'
import { Button } from '@/components/ui/button'
import { formatCost, formatDuration } from '@/components/ui/format'
import { SkeletonRows } from '@/components/ui/panel'
import { Popover } from '@/components/ui/popover'
import { RelativeTime } from '@/components/ui/time'
import { useCompare, useCompared } from './compare-context'

/** Chooses another run of the same workflow to compare this one with. */
export function ComparePicker() {
  const { workflowId } = useRunPlace()
  const compare = useCompare()
  const isComparing = useCompared(({ otherId }) => otherId !== null)
  if (workflowId === null || !compare) return null
  if (isComparing) {
    return (
      <Button folds icon={<X size={16} aria-hidden />} onClick={() => compare.compareWith(null)}>
        End comparison
      </Button>
    )
  }
  return (
    <Popover
      label="Compare with another run"
      className="w-80"
      trigger={(wiring) => (
        <Button {...wiring} folds icon={<GitCompareArrows size={16} aria-hidden />}>
          Compare
        </Button>
      )}
    >
      {(close) => (
        <Choices
          workflowId={workflowId}
          onPick={(id) => {
            close()
            compare.compareWith(id)
          }}
        />
      )}
    </Popover>
  )
}

function Choices({ workflowId, onPick }: { workflowId: string; onPick: (id: string) => void }) {
  const { runId } = useRunPlace()
  const trpc = useTRPC()
  const runs = useQuery(trpc.runs.list.queryOptions({ workflowId, limit: 30 }))
  if (!runs.data) return <SkeletonRows rows={3} />
  const others = runs.data.items.filter(({ id }) => id !== runId)
  if (others.length === 0) {
    return <p className="text-ink-soft p-4 text-sm">This is the only run of the workflow. Run it again to compare.</p>
  }
  return (
    <>
      <h2 className="text-ink-faint px-3 pt-2.5 text-xs font-medium">Compare with</h2>
      <ul className="max-h-80 overflow-y-auto p-1">
        {others.map((run) => (
          <li key={run.id}>
            <button
              type="button"
              onClick={() => onPick(run.id)}
              className="hover:bg-hover flex w-full items-center justify-between gap-2 rounded-control px-2 py-1.5 text-left text-sm"
            >
              <span className="grid">
                <span className="font-medium">
                  <RelativeTime at={run.createdAt} />
                </span>
                <span className="text-ink-faint text-xs">
                  {run.version === null ? 'Draft' : `Version ${run.version}`}
                  {run.startedAt !== null && run.finishedAt !== null && (
                    <> · {formatDuration(Date.parse(run.finishedAt) - Date.parse(run.startedAt))}</>
                  )}
                  {run.usage && <> · {formatCost(run.usage.cost)}</>}
                </span>
              </span>
              <RunStatus status={run.status} />
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

'use client'
import type { ReactNode } from 'react'
import { useRunView } from '@/components/live/run-context'
import { Running } from '@/components/run/canvas/card-meta'
import { RunStatus } from '@/components/run/status'
import { SimulatedBadge } from '@/components/ui/badge'
import { cx } from '@/components/ui/cx'
import { formatCost, formatDuration, formatTokens } from '@/components/ui/format'
import { RelativeTime } from '@/components/ui/time'
import { statusOf } from '@/engine/run/summary'
import type { RunProjection } from '@/engine/share/projection'

type Props = { projection: RunProjection; actions?: ReactNode; small?: boolean }

/** What was run, how it stands, who shares it, and what of its numbers is shared. */
export function SharedHeader({ projection, actions, small = false }: Props) {
  const status = useRunView(({ state }) => statusOf(state))
  const simulated = useRunView(({ state }) => state.simulated)
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="grid min-w-0 gap-1.5">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5">
          <h1 className={cx('min-w-0 font-semibold break-words', small ? 'text-base' : 'text-xl')}>
            {projection.name}
          </h1>
          <span role="status" className="inline-flex">
            <RunStatus status={status} />
          </span>
          {simulated && <SimulatedBadge />}
        </div>
        <About projection={projection} />
      </div>
      {actions}
    </header>
  )
}

function About({ projection: { sharedBy, shown } }: { projection: RunProjection }) {
  const { startedAt, run, usage } = useRunView(({ state }) => state)
  const finishedAt = 'finishedAt' in run ? run.finishedAt : null
  const { timeline, costs } = shown.include
  return (
    <p className="text-ink-soft flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {sharedBy !== undefined && <span>Shared by {sharedBy}</span>}
      {timeline && startedAt !== null && (
        <>
          <span>
            Started <RelativeTime at={startedAt} />
          </span>
          <span>
            {finishedAt === null ? (
              <>
                So far <Running from={startedAt} />
              </>
            ) : (
              `Took ${formatDuration(finishedAt - startedAt)}`
            )}
          </span>
        </>
      )}
      {costs && <span>{formatTokens(usage.inputTokens + usage.outputTokens)}</span>}
      {costs && <span>{formatCost(usage.cost)}</span>}
      {shown.mask && <span className="text-ink-faint">Personal data and keys are masked</span>}
    </p>
  )
}

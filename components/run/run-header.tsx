'use client'
import { useRunView, useSlowRunView } from '@/components/live/run-context'
import { Badge, SimulatedBadge } from '@/components/ui/badge'
import { formatDuration, unknown } from '@/components/ui/format'
import { RelativeTime } from '@/components/ui/time'
import { statusOf } from '@/engine/run/summary'
import { Running } from './canvas/card-meta'
import { useRunPlace } from './run-place'
import { RunStatus } from './status'
import { costSoFar, tokensText, usingOfRun } from './usage-text'

export function RunBadges() {
  const { version } = useRunPlace()
  const status = useRunView(({ state }) => statusOf(state))
  const simulated = useRunView(({ state }) => state.simulated)
  return (
    <>
      <span role="status" className="inline-flex">
        <RunStatus status={status} />
      </span>
      <Badge>{version === null ? 'Draft' : `Version ${version}`}</Badge>
      {simulated && <SimulatedBadge />}
    </>
  )
}

/**
 * How long, how much, when: what matters least comes last, because it is what a narrow line leaves out. Words come at
 * every frame; a person reads numbers a few times a second.
 */
export function RunNumbers({ short = false }: { short?: boolean }) {
  const view = useSlowRunView(250)
  const using = usingOfRun(view)
  const { startedAt, createdAt, usage, run } = view.state
  const finishedAt = 'finishedAt' in run ? run.finishedAt : null
  const took =
    startedAt === null ? (
      unknown
    ) : finishedAt === null ? (
      <Running from={startedAt} />
    ) : (
      formatDuration(finishedAt - startedAt)
    )
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-1">
      <Fact name={finishedAt === null ? 'So far' : 'Took'} value={took} />
      <Fact name="Used" value={tokensText(using)} />
      <Fact name="Cost" value={costSoFar(using)} />
      {!short && <Fact name="Steps" value={usage.steps} />}
      {!short && <Fact name="Started" value={<RelativeTime at={startedAt ?? createdAt} />} />}
    </dl>
  )
}

function Fact({ name, value }: { name: string; value: React.ReactNode }) {
  return (
    <div className="flex gap-1.5 whitespace-nowrap">
      <dt className="text-ink-faint">{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

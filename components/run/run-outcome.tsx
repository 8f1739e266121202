'use client'
import { useRunView } from '@/components/live/run-context'
import { SimulatedBadge } from '@/components/ui/badge'
import { Notice } from '@/components/ui/notice'
import { Panel, PanelHeading } from '@/components/ui/panel'
import type { Ref } from '@/engine/payload'
import type { PauseReason } from '@/engine/run/events'
import { entryAt } from './entry-at'
import { ResultView } from './result/result-view'
import { useIsGuest, useRunPlace } from './run-place'

/** How the run ended, or why it stands still. */
export function RunOutcome() {
  const isGuest = useIsGuest()
  const { graph } = useRunPlace()
  const { run, simulated } = useRunView((view) => view.state)
  const failedAt = useRunView(({ state }) =>
    state.run.status === 'failed' && state.run.path !== undefined
      ? (entryAt(graph, state, state.run.path)?.title ?? state.run.path)
      : null,
  )
  switch (run.status) {
    case 'queued':
    case 'running':
      return null
    case 'paused':
      return (
        <Notice tone="waiting" title={pauseTitle(run.reason, run.by?.name)}>
          {run.detail ?? `Steps that were under way are finished and recorded.${isGuest ? '' : ' Resume to go on.'}`}
        </Notice>
      )
    case 'failed':
      return (
        <Notice tone="failed" title={failedAt === null ? 'The run failed' : `The run failed at ${failedAt}`}>
          {run.failure.message}
        </Notice>
      )
    case 'cancelled':
      return (
        <Notice title={run.by?.name === undefined ? 'The run was cancelled' : `${run.by.name} cancelled the run`}>
          {run.reason ?? 'What was finished before stays recorded.'}
        </Notice>
      )
    case 'completed':
      return <Result output={run.output} simulated={simulated} />
  }
}

function Result({ output, simulated }: { output: Ref; simulated: boolean }) {
  return (
    <Panel>
      <PanelHeading title="Result" {...(simulated && { actions: <SimulatedBadge /> })} />
      <div className="max-h-[60dvh] overflow-auto p-4">
        <ResultView value={output} />
      </div>
    </Panel>
  )
}

function pauseTitle(reason: PauseReason, by: string | undefined): string {
  switch (reason) {
    case 'person':
      return by === undefined ? 'The run is paused' : `${by} paused the run`
    case 'budget':
      return 'The run reached its budget and is paused'
    case 'price_unknown':
      return 'The price of a model is unknown, so the run is paused before it could cost too much'
    case 'engine':
      return 'The run is paused because this version of Baton can not go on with it'
  }
}

'use client'
import { useMemo } from 'react'
import { readSharedValue } from '@/components/api/share-link'
import { useRunView } from '@/components/live/run-context'
import { useSharedRun } from '@/components/live/use-shared-run'
import { ConnectionNotice } from '@/components/run/connection-notice'
import { RunOutcome } from '@/components/run/run-outcome'
import { SkeletonRows } from '@/components/ui/panel'
import type { RunProjection } from '@/engine/share/projection'
import { AtWork } from './at-work'
import { GuestRun } from './guest-run'
import { RunStage } from './run-stage'
import { ShareFrame } from './share-frame'
import { NoLongerShared } from './share-messages'
import { SharedHeader } from './shared-header'
import { UseTeam } from './use-team'

type Props = { token: string; proof: string | null; look: 'page' | 'frame'; projection: RunProjection }

/** A run by its share link, as it goes on or as it ended. */
export function SharedRunView({ token, proof, look, projection }: Props) {
  const { graph, events, shown } = projection
  const store = useSharedRun({ token, proof, events })
  const guest = useMemo(
    () => ({ readValue: (key: string) => readSharedValue({ token, proof, key }), include: shown.include }),
    [token, proof, shown],
  )
  if (store === null) {
    return (
      <ShareFrame>
        <SkeletonRows rows={6} />
      </ShareFrame>
    )
  }
  return (
    <GuestRun id={token} graph={graph} store={store} guest={guest} start={look === 'page' ? 'address' : 'end'}>
      <Watched token={token} proof={proof} look={look} projection={projection} />
    </GuestRun>
  )
}

function Watched({ token, proof, look, projection }: Props) {
  const phase = useRunView((view) => view.phase)
  if (phase === 'gone') return <NoLongerShared />
  if (look === 'frame') {
    return (
      <main className="grid h-dvh grid-rows-[auto_minmax(0,1fr)] gap-2 p-2">
        <SharedHeader projection={projection} small />
        <RunStage className="h-full" withOutcome />
      </main>
    )
  }
  return (
    <ShareFrame>
      <main className="contents">
        <SharedHeader
          projection={projection}
          actions={<UseTeam token={token} proof={proof} name={projection.name} />}
        />
        <ConnectionNotice />
        <RunOutcome />
        <AtWork />
        <section className="grid gap-3">
          <h2 className="font-semibold">How it came about</h2>
          <RunStage />
        </section>
      </main>
    </ShareFrame>
  )
}

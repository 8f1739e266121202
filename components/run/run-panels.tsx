'use client'
import { isTeam } from '@/components/editor/graph/kinds'
import { useRunView } from '@/components/live/run-context'
import { useCompared } from './compare/compare-context'
import { ComparePanel } from './compare/compare-panel'
import { EventList } from './event-list'
import { PanelTabs } from './panel-tabs'
import { usePlaying, useReplay } from './replay/replay-context'
import type { Replay } from './replay/replay-store'
import { useRunPlace } from './run-place'
import { Waterfall } from './timeline/waterfall-view'
import { TranscriptPanel } from './transcript/transcript-panel'

/** Below the graph: when things happened, what a team said, every event, and the other run. */
export function RunPanels() {
  const { graph } = useRunPlace()
  const otherId = useCompared((compared) => compared.otherId)
  const hasTeam = graph.nodes.some(({ kind }) => isTeam(kind))
  return (
    <PanelTabs
      label="How it went"
      open={otherId === null ? undefined : 'compare'}
      tabs={[
        { id: 'timeline', title: 'Timeline', content: () => <Waterfall /> },
        ...(hasTeam ? [{ id: 'transcript', title: 'Transcript', content: () => <TranscriptPanel /> }] : []),
        { id: 'events', title: 'Events', content: () => <EventList /> },
        ...(otherId === null
          ? []
          : [{ id: 'compare', title: 'Comparison', content: () => <ComparePanel otherId={otherId} /> }]),
      ]}
      actions={<EventCount />}
    />
  )
}

function EventCount() {
  const replay = useReplay()
  return replay ? <Count replay={replay} /> : null
}

function Count({ replay }: { replay: Replay }) {
  const last = usePlaying(replay, (playing) => playing.last)
  const isPast = useRunView((view) => view.at !== null)
  return (
    <span className="text-ink-faint text-xs whitespace-nowrap">
      {isPast ? 'A moment of the past' : `${last} events`}
    </span>
  )
}

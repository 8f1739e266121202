'use client'
import { useMemo } from 'react'
import { isTeam } from '@/components/editor/graph/kinds'
import { useRunView, useSlowRunView } from '@/components/live/run-context'
import { ShareButton } from '@/components/share/share-button'
import { Page } from '@/components/shell/page'
import { Dialog } from '@/components/ui/dialog'
import { Panel } from '@/components/ui/panel'
import { Tabs } from '@/components/ui/tabs'
import { RunCanvas } from './canvas/run-canvas'
import { useCompared } from './compare/compare-context'
import { ComparePanel } from './compare/compare-panel'
import { ComparePicker } from './compare/compare-picker'
import { ConnectionNotice } from './connection-notice'
import { entryAt } from './entry-at'
import { EventList } from './event-list'
import { MomentForkButton } from './fork/moment-fork-button'
import { NodeDetails } from './node-details'
import { NodeTree } from './node-tree'
import { Scrubber } from './replay/scrubber'
import { RunActions } from './run-actions'
import { useFocus, useFocused } from './run-focus'
import { RunBadges, RunNumbers } from './run-header'
import { useRunPlace } from './run-place'
import { RunSummary } from './run-side'
import { runTree } from './run-tree'
import { Waterfall } from './timeline/waterfall-view'
import { TranscriptPanel } from './transcript/transcript-panel'

/** The same on a small screen: what needs a person, what came out, then how, one thing below the other. */
export function RunPhone() {
  const { runId, graph, name, workflowId } = useRunPlace()
  const otherId = useCompared((compared) => compared.otherId)
  const hasTeam = graph.nodes.some(({ kind }) => isTeam(kind))
  const back =
    workflowId === null ? { href: '/runs', title: 'Runs' } : { href: `/workflows/${workflowId}`, title: 'Workflow' }
  const actions = (
    <>
      <RunActions />
      <ComparePicker />
      <ShareButton folds subject={{ kind: 'run', id: runId }} />
      <MomentForkButton />
    </>
  )
  return (
    <div className="-mb-6 flex min-h-[calc(100dvh-3.5rem)] flex-col md:mb-0 md:min-h-dvh">
      <div className="flex-1">
        <Page title={name} back={back} badges={<RunBadges />} actions={actions} about={<RunNumbers />}>
          <ConnectionNotice />
          {otherId !== null && (
            <section aria-label="Comparison" className="bg-surface border-line rounded-card overflow-hidden border">
              <ComparePanel otherId={otherId} />
            </section>
          )}
          <RunSummary />
          <Tabs
            label="How it went"
            tabs={[
              { id: 'nodes', title: 'Nodes', content: <Nodes /> },
              { id: 'graph', title: 'Graph', content: <Tall>{<RunCanvas />}</Tall> },
              { id: 'timeline', title: 'Timeline', content: <Tall>{<Waterfall />}</Tall> },
              ...(hasTeam ? [{ id: 'transcript', title: 'Transcript', content: <TranscriptPanel /> }] : []),
              { id: 'events', title: 'Events', content: <Tall>{<EventList />}</Tall> },
            ]}
          />
          {otherId === null && <Chosen />}
        </Page>
      </div>
      <div className="sticky bottom-14 z-10 md:bottom-0">
        <Scrubber />
      </div>
    </div>
  )
}

const Tall = ({ children }: { children: React.ReactNode }) => (
  <div className="bg-surface border-line rounded-card h-[62dvh] overflow-hidden border">{children}</div>
)

function Nodes() {
  const { graph } = useRunPlace()
  const focus = useFocus()
  const selected = useFocused((each) => each.selected)
  const { state } = useSlowRunView()
  const tree = useMemo(() => runTree(graph, state), [graph, state])
  return (
    <Panel>
      <NodeTree entries={tree} selected={selected} onSelect={focus.select} />
    </Panel>
  )
}

function Chosen() {
  const { graph } = useRunPlace()
  const focus = useFocus()
  const selected = useFocused((each) => each.selected)
  const state = useRunView((view) => view.state)
  const entry = selected === null ? null : entryAt(graph, state, selected)
  if (!entry) return null
  return (
    <Dialog open title={entry.title} onClose={() => focus.select(null)}>
      <NodeDetails key={entry.path} entry={entry} />
    </Dialog>
  )
}

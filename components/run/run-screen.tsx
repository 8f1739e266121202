'use client'
import { useMemo, useState } from 'react'
import { useRunView } from '@/components/live/run-context'
import { Page } from '@/components/shell/page'
import { Dialog } from '@/components/ui/dialog'
import { Panel, PanelHeading } from '@/components/ui/panel'
import { Tabs } from '@/components/ui/tabs'
import { useIsWide } from '@/components/ui/use-is-wide'
import type { PathKey } from '@/engine/path'
import { ConnectionNotice } from './connection-notice'
import { EventList } from './event-list'
import { NodeDetails } from './node-details'
import { NodeTree } from './node-tree'
import { RunActions } from './run-actions'
import { RunBadges, RunNumbers } from './run-header'
import { RunOutcome } from './run-outcome'
import { useRunPlace } from './run-place'
import { findNode, runTree } from './run-tree'
import { WaitingPlaces } from './waiting-places'

/** A run, live or over: what needs a person first, then what came out, then how. */
export function RunScreen() {
  const { graph, name, workflowId } = useRunPlace()
  const state = useRunView((view) => view.state)
  const eventCount = useRunView((view) => view.events.length)
  const tree = useMemo(() => runTree(graph, state), [graph, state])
  const [selected, select] = useState<PathKey | null>(null)
  const entry = selected === null ? null : findNode(tree, selected)
  const isWide = useIsWide()
  const back =
    workflowId === null ? { href: '/runs', title: 'Runs' } : { href: `/workflows/${workflowId}`, title: name }
  const nodes = (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,25rem)]">
      <Panel>
        <NodeTree entries={tree} selected={selected} onSelect={(path) => select(path === selected ? null : path)} />
      </Panel>
      {isWide && (
        <Panel className="sticky top-5 max-h-[calc(100dvh-2.5rem)] overflow-auto">
          <PanelHeading title={entry ? entry.title : 'Details'} />
          {entry ? (
            <NodeDetails key={entry.path} entry={entry} />
          ) : (
            <p className="text-ink-faint px-4 py-10 text-center text-sm">
              Choose a node to see what came out of it, and how.
            </p>
          )}
        </Panel>
      )}
    </div>
  )
  return (
    <Page title={name} back={back} badges={<RunBadges />} actions={<RunActions />} about={<RunNumbers />}>
      <ConnectionNotice />
      <WaitingPlaces tree={tree} />
      <RunOutcome />
      <Tabs
        label="How it went"
        tabs={[
          { id: 'nodes', title: 'Nodes', content: nodes },
          { id: 'events', title: 'Events', note: String(eventCount), content: <EventList /> },
        ]}
      />
      {!isWide && entry && (
        <Dialog open title={entry.title} onClose={() => select(null)}>
          <NodeDetails key={entry.path} entry={entry} />
        </Dialog>
      )}
    </Page>
  )
}

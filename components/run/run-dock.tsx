'use client'
import { ExternalLink, X } from 'lucide-react'
import { type ReactNode, useEffect, useMemo } from 'react'
import { isTeam } from '@/components/editor/graph/kinds'
import { useRunStore, useRunView } from '@/components/live/run-context'
import { ButtonLink, IconButton } from '@/components/ui/button'
import { ResizableBelow } from '@/components/ui/resizable'
import { isOver } from '@/engine/run/state'
import { instanceOf } from './canvas/instance-of'
import { ConnectionBadge } from './connection-notice'
import { DrawnNotice } from './drawn-notice'
import { entryAt } from './entry-at'
import { NodeDetails } from './node-details'
import { PanelTabs } from './panel-tabs'
import { RunActions } from './run-actions'
import { useFocus, useFocused } from './run-focus'
import { RunBadges, RunNumbers } from './run-header'
import { useRunPlace } from './run-place'
import { RunSummary } from './run-side'
import { Waterfall } from './timeline/waterfall-view'
import { TranscriptPanel } from './transcript/transcript-panel'

type Props = {
  onClose: () => void
  /** When it takes its room. */
  onShown: () => void
  /** The node that is selected on the canvas: its data are shown. */
  selected?: string | null
  /** The builder's list of problems, and how many there are. */
  problems?: { count: number; content: () => ReactNode }
}

/** Below the builder's canvas while its run is watched; it stands inside `BuilderRun`. */
export function RunDock({ onClose, onShown, problems, selected = null }: Props) {
  useEffect(onShown, [onShown])
  const { runId, graph } = useRunPlace()
  useSelected(selected)
  const isDone = useRunView(({ state }) => isOver(state.run))
  const isOfNode = useFocused(({ selected }) => selected !== null)
  const hasTeam = graph.nodes.some(({ kind }) => isTeam(kind))
  return (
    <ResizableBelow name="dock" label="Height of the run" first={260} min={120}>
      <section aria-label="Run" className="border-line @container flex h-full flex-col border-t">
        <DrawnNotice />
        <PanelTabs
          label="The run"
          // When it is done, what came out is what one waited for.
          usual={isDone ? 'data' : 'timeline'}
          tabs={[
            { id: 'timeline', title: 'Timeline', content: () => <Waterfall /> },
            ...(hasTeam ? [{ id: 'transcript', title: 'Transcript', content: () => <TranscriptPanel /> }] : []),
            { id: 'data', title: isOfNode ? 'Data' : 'Result', content: () => <Data /> },
            ...(problems
              ? [
                  {
                    id: 'problems',
                    title: 'Problems',
                    note: problems.count === 0 ? undefined : String(problems.count),
                    content: problems.content,
                  },
                ]
              : []),
          ]}
          actions={
            <div className="flex flex-wrap items-center justify-end gap-1.5 max-sm:pb-1 max-sm:pl-2">
              <ConnectionBadge />
              <RunBadges />
              {/* Beside an open inspector all of it would take a second line, and the dock would jump. */}
              <div className="px-2 text-sm @max-[62rem]:hidden">
                <RunNumbers short />
              </div>
              <RunActions size="small" />
              <ButtonLink
                href={`/runs/${runId}`}
                tone="quiet"
                size="small"
                aria-label="Open the page of this run"
                icon={<ExternalLink size={15} aria-hidden />}
              />
              <IconButton label="Close the run" onClick={onClose}>
                <X size={16} aria-hidden />
              </IconButton>
            </div>
          }
        />
      </section>
    </ResizableBelow>
  )
}

function useSelected(id: string | null): void {
  const { graph } = useRunPlace()
  const focus = useFocus()
  const run = useRunStore()
  useEffect(() => {
    focus.select(id === null ? null : (instanceOf(graph, run.getState().state, focus.getState(), id) ?? id))
  }, [graph, focus, run, id])
}

/** The chosen node, or the run as a whole. */
function Data() {
  const { graph } = useRunPlace()
  const selected = useFocused((focus) => focus.selected)
  const state = useRunView((view) => view.state)
  const entry = useMemo(() => (selected === null ? null : entryAt(graph, state, selected)), [graph, state, selected])
  return (
    <div className="h-full overflow-y-auto">
      {entry ? <NodeDetails key={entry.path} entry={entry} /> : <RunSummary />}
    </div>
  )
}

'use client'
import { X } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { isTeam } from '@/components/editor/graph/kinds'
import { useRunView, useSlowRunView } from '@/components/live/run-context'
import { RunCanvas } from '@/components/run/canvas/run-canvas'
import { entryAt } from '@/components/run/entry-at'
import { NodeTree } from '@/components/run/node-tree'
import { type PanelTab, PanelTabs } from '@/components/run/panel-tabs'
import { Scrubber } from '@/components/run/replay/scrubber'
import { useFocus, useFocused } from '@/components/run/run-focus'
import { RunOutcome } from '@/components/run/run-outcome'
import { useRunPlace } from '@/components/run/run-place'
import type { NodeEntry } from '@/components/run/run-tree'
import { runTree } from '@/components/run/run-tree'
import { Waterfall } from '@/components/run/timeline/waterfall-view'
import { TranscriptPanel } from '@/components/run/transcript/transcript-panel'
import { IconButton } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Dialog } from '@/components/ui/dialog'
import { later, Part, prepareWhenIdle } from '@/components/ui/later'
import { SkeletonRows } from '@/components/ui/panel'
import { useIsWide } from '@/components/ui/use-is-wide'

/**
 * What is known of a node brings both languages of references along, which is an eighth of a shared page. Nobody opens a
 * node before the run is on the screen.
 */
const nodeDetails = later(async () => {
  const { NodeDetails } = await import('@/components/run/node-details')
  return NodeDetails
})

type Props = {
  className?: string
  /** Where nothing beside it says how the run ended. */
  withOutcome?: boolean
}

/** How a run came about, to be looked at and replayed: the graph, who did what, when, and what the team said. */
export function RunStage({ className = 'h-[78dvh] lg:h-[min(88dvh,60rem)]', withOutcome = false }: Props) {
  const outcome = useOutcome(withOutcome)
  const isWide = useIsWide()
  useEffect(() => prepareWhenIdle([nodeDetails]), [])
  return (
    <section
      aria-label="How it came about"
      className={cx('bg-surface border-line rounded-card overflow-hidden border', className)}
    >
      {isWide ? <WideStage outcome={outcome} /> : <NarrowStage outcome={outcome} />}
    </section>
  )
}

type Stage = { outcome: readonly PanelTab[] }

function useOutcome(isWanted: boolean): readonly PanelTab[] {
  const status = useRunView(({ state }) => state.run.status)
  return useMemo(() => {
    if (!isWanted || status === 'queued' || status === 'running') return []
    return [{ id: 'outcome', title: status === 'completed' ? 'Result' : 'What happened', content: () => <Outcome /> }]
  }, [isWanted, status])
}

const Outcome = () => (
  <div className="h-full overflow-y-auto p-3">
    <RunOutcome />
  </div>
)

function WideStage({ outcome }: Stage) {
  const panels = usePanels()
  return (
    <div className="grid h-full grid-cols-[minmax(0,1fr)_21rem]">
      <div className="flex min-h-0 min-w-0 flex-col">
        <div className="min-h-0 flex-[3]">
          <RunCanvas place="page" />
        </div>
        <Scrubber />
        <div className="min-h-0 flex-[2]">
          <PanelTabs label="How it went" tabs={[...outcome, ...panels]} />
        </div>
      </div>
      <Side />
    </div>
  )
}

function usePanels() {
  const { graph } = useRunPlace()
  return useMemo(() => {
    const timeline = { id: 'timeline', title: 'Timeline', content: () => <Waterfall /> }
    const transcript = { id: 'transcript', title: 'Transcript', content: () => <TranscriptPanel /> }
    return graph.nodes.some(({ kind }) => isTeam(kind)) ? [timeline, transcript] : [timeline]
  }, [graph])
}

function Side() {
  const focus = useFocus()
  const entry = useChosen()
  return (
    <aside aria-label="Details" className="border-line flex min-h-0 flex-col border-l">
      <header className="border-line flex h-11 shrink-0 items-center justify-between border-b pr-1 pl-4">
        <h3 className="truncate text-sm font-semibold">{entry ? entry.title : 'Who did what'}</h3>
        {entry && (
          <IconButton label="Close" onClick={() => focus.select(null)}>
            <X size={16} aria-hidden />
          </IconButton>
        )}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">{entry ? <Details entry={entry} /> : <Nodes />}</div>
    </aside>
  )
}

const Details = ({ entry }: { entry: NodeEntry }) => (
  <Part key={entry.path} of={nodeDetails} with={{ entry }} meanwhile={<SkeletonRows rows={4} />} />
)

function NarrowStage({ outcome }: Stage) {
  const panels = usePanels()
  const nodes = { id: 'nodes', title: 'Who did what', content: () => <Scrolling>{<Nodes />}</Scrolling> }
  const graph = { id: 'graph', title: 'Graph', content: () => <RunCanvas place="page" /> }
  return (
    <div className="flex h-full flex-col">
      <div className="min-h-0 flex-1">
        <PanelTabs label="How it went" tabs={[...outcome, graph, nodes, ...panels]} />
      </div>
      <Scrubber />
      <ChosenSheet />
    </div>
  )
}

const Scrolling = ({ children }: { children: React.ReactNode }) => (
  <div className="h-full overflow-y-auto">{children}</div>
)

function Nodes() {
  const { graph } = useRunPlace()
  const focus = useFocus()
  const selected = useFocused((each) => each.selected)
  const { state } = useSlowRunView()
  const tree = useMemo(() => runTree(graph, state), [graph, state])
  return <NodeTree entries={tree} selected={selected} onSelect={focus.select} />
}

function ChosenSheet() {
  const focus = useFocus()
  const entry = useChosen()
  return (
    entry && (
      <Dialog open title={entry.title} onClose={() => focus.select(null)}>
        <Details entry={entry} />
      </Dialog>
    )
  )
}

function useChosen(): NodeEntry | null {
  const { graph } = useRunPlace()
  const selected = useFocused((each) => each.selected)
  const state = useRunView((view) => view.state)
  return useMemo(() => (selected === null ? null : entryAt(graph, state, selected)), [graph, state, selected])
}

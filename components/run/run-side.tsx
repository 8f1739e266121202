'use client'
import { X } from 'lucide-react'
import { useMemo } from 'react'
import { useRunView, useSlowRunView } from '@/components/live/run-context'
import { IconButton } from '@/components/ui/button'
import { isOver } from '@/engine/run/state'
import { entryAt } from './entry-at'
import { NodeDetails } from './node-details'
import { useFocus, useFocused } from './run-focus'
import { RunInput } from './run-input'
import { RunOutcome } from './run-outcome'
import { useRunPlace } from './run-place'
import { runTree } from './run-tree'
import { WaitingPlaces } from './waiting-places'

/** At the side: the chosen node, or else the run as a whole, what needs a person first. */
export function RunSide() {
  const focus = useFocus()
  const selected = useFocused((each) => each.selected)
  const { graph } = useRunPlace()
  const state = useRunView((view) => view.state)
  const entry = useMemo(() => (selected === null ? null : entryAt(graph, state, selected)), [graph, state, selected])
  return (
    <aside aria-label="Details" className="bg-surface border-line flex min-h-0 flex-col border-l">
      <header className="border-line flex h-11 shrink-0 items-center justify-between border-b pr-1 pl-4">
        <h2 className="truncate text-sm font-semibold">{entry ? entry.title : 'This run'}</h2>
        {entry && (
          <IconButton label="Close" onClick={() => focus.select(null)}>
            <X size={16} aria-hidden />
          </IconButton>
        )}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {entry ? <NodeDetails key={entry.path} entry={entry} /> : <RunSummary />}
      </div>
    </aside>
  )
}

/** What needs a person, what came out, what went in. */
export function RunSummary() {
  const { graph } = useRunPlace()
  const { state, at } = useSlowRunView()
  const tree = useMemo(() => runTree(graph, state), [graph, state])
  const isUnderWay = !isOver(state.run) && state.run.status !== 'paused'
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 p-4 text-sm max-lg:p-0">
      {at === null && <WaitingPlaces tree={tree} />}
      <RunOutcome />
      {isUnderWay && (
        <p className="text-ink-faint">
          The result stands here when the run is done. Choose a node to see what it does.
        </p>
      )}
      <RunInput />
    </div>
  )
}

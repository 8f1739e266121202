'use client'
import { useMemo } from 'react'
import { useSlowRunView } from '@/components/live/run-context'
import { isUnderWay } from '@/components/run/node-numbers'
import { NodeRow } from '@/components/run/node-row'
import { useFocus } from '@/components/run/run-focus'
import { useRunPlace } from '@/components/run/run-place'
import { type NodeEntry, runTree, type TreeEntry } from '@/components/run/run-tree'
import { WaitingPlaces } from '@/components/run/waiting-places'
import { Panel, PanelHeading } from '@/components/ui/panel'
import { isOver } from '@/engine/run/state'

const most = 4

/** While there is no result yet: who is at it, with the words on their way, or what a person is asked. */
export function AtWork() {
  const { graph } = useRunPlace()
  const focus = useFocus()
  const { state, at } = useSlowRunView()
  const tree = useMemo(() => runTree(graph, state), [graph, state])
  if (isOver(state.run)) return null
  const active = tree.flatMap(activeIn)
  return (
    <>
      {at === null && <WaitingPlaces tree={tree} />}
      <Panel>
        <PanelHeading title="At work" note={active.length > most ? `${active.length} nodes` : undefined} />
        {active.length === 0 && <p className="text-ink-faint p-4 text-sm">Nothing is under way at this moment.</p>}
        <ul>
          {active.slice(0, most).map((entry) => (
            <li key={entry.path} className="border-line border-b last:border-b-0">
              <NodeRow entry={entry} selected={null} onSelect={focus.select} />
            </li>
          ))}
        </ul>
      </Panel>
    </>
  )
}

/** The innermost ones: that a team is at work is said by its members. */
function activeIn(entry: TreeEntry): NodeEntry[] {
  const inside = entry.inside.flatMap(activeIn)
  if (inside.length > 0 || entry.type === 'scope') return inside
  return isUnderWay(entry.state) && entry.state?.status !== 'waiting' ? [entry] : []
}

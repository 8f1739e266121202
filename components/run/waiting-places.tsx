'use client'
import { useMemo } from 'react'
import { ApprovalCard } from './approval-card'
import { useIsGuest } from './run-place'
import type { NodeEntry, TreeEntry } from './run-tree'

/** Everything a person has to decide in this run, at the top of the page. */
export function WaitingPlaces({ tree }: { tree: readonly TreeEntry[] }) {
  const places = useMemo(() => tree.flatMap(waitingIn), [tree])
  const isGuest = useIsGuest()
  if (places.length === 0) return null
  return (
    <section aria-label={isGuest ? 'Waits for a person' : 'Waits for you'} className="grid gap-3">
      {places.map((entry) => (
        <ApprovalCard
          key={`${entry.path} ${entry.state?.status === 'waiting' ? entry.state.since : 0}`}
          entry={entry}
        />
      ))}
    </section>
  )
}

function waitingIn(entry: TreeEntry): NodeEntry[] {
  const inside = entry.inside.flatMap(waitingIn)
  if (entry.type !== 'node' || entry.state?.status !== 'waiting') return inside
  const { reason } = entry.state.waiting
  return reason === 'approval' || reason === 'tool_approval' || reason === 'doubt' ? [entry, ...inside] : inside
}

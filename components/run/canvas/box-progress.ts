import { indexOf } from '@/components/editor/graph/graph-index'
import { isNote } from '@/components/editor/graph/kinds'
import type { Graph } from '@/engine/graph/schema'
import type { PathKey } from '@/engine/path'
import { isSettled, type RunState } from '@/engine/run/state'
import { scopesOpened } from './instance-of'

export type ScopeMark = 'idle' | 'active' | 'done' | 'failed'
export type BoxProgress = { total: number; done: number; failed: number; active: number; marks: readonly ScopeMark[] }

/** How far the items of a map or the iterations of a loop have come. */
export function boxProgress(graph: Graph, state: RunState, box: string, key: PathKey): BoxProgress {
  const children = (indexOf(graph).children.get(box) ?? []).filter(({ kind }) => !isNote(kind))
  const total = scopesOpened(state.openings.get(key))
  const progress = { total, done: 0, failed: 0, active: 0 }
  const marks = Array.from({ length: total }, (_, index): ScopeMark => {
    const mark = markOf(state, `${key}[${index}]/`, children)
    if (mark !== 'idle') progress[mark]++
    return mark
  })
  return { ...progress, marks }
}

function markOf(state: RunState, prefix: string, children: readonly { id: string }[]): ScopeMark {
  let known = 0
  let settled = 0
  for (const { id } of children) {
    const node = state.nodes.get(prefix + id)
    if (!node) continue
    known++
    if (node.status === 'failed' && !node.handled) return 'failed'
    if (isSettled(node)) settled++
  }
  if (known === 0) return 'idle'
  return settled === children.length ? 'done' : 'active'
}

/** The item to look at: the one looked at as long as it works, then one that works, then one that failed. */
export function scopeToFollow({ marks }: BoxProgress, before: number): number {
  if (marks[before] === 'active') return before
  const active = marks.indexOf('active')
  if (active !== -1) return active
  const failed = marks.indexOf('failed')
  return failed === -1 ? Math.max(0, marks.lastIndexOf('done')) : failed
}

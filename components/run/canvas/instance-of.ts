import { indexOf, parentOf } from '@/components/editor/graph/graph-index'
import { isTeam } from '@/components/editor/graph/kinds'
import type { RunFocus } from '@/components/run/run-focus'
import type { Graph } from '@/engine/graph/schema'
import type { PathKey } from '@/engine/path'
import type { Opening } from '@/engine/run/events'
import type { RunState } from '@/engine/run/state'

export type Looked = Pick<RunFocus, 'chosen' | 'followed'>

/**
 * Which instance of a node its card shows: in a box that of the item or iteration that is looked at, in a team the last
 * turn. Null before there is one.
 */
export function instanceOf(graph: Graph, state: RunState, looked: Looked, id: string): PathKey | null {
  const box = parentOf(graph, id)
  if (box === null) return id
  const boxKey = instanceOf(graph, state, looked, box)
  if (boxKey === null) return null
  if (isTeam(indexOf(graph).byId.get(box)?.kind ?? '')) {
    const turn = turnsOf(state, boxKey, id)
    return turn === 0 ? null : `${boxKey}/${id}#${looked.chosen.get(`${boxKey}/${id}`) ?? turn}`
  }
  const index = scopeOf(state, looked, boxKey)
  return index === null ? null : `${boxKey}[${index}]/${id}`
}

export function scopeOf(state: RunState, { chosen, followed }: Looked, boxKey: PathKey): number | null {
  const count = scopesOpened(state.openings.get(boxKey))
  if (count === 0) return null
  const wanted = chosen.get(boxKey) ?? followed.get(boxKey) ?? 0
  return Math.min(wanted, count - 1)
}

/** How many items or iterations a box has opened. */
export function scopesOpened(openings: readonly Opening[] = []): number {
  const last = openings.at(-1)
  if (last?.type === 'items') return last.count
  return last?.type === 'iteration' ? last.index + 1 : 0
}

/** How many turns a member has had. */
export function turnsOf(state: RunState, team: PathKey, member: string): number {
  const openings = state.openings.get(team) ?? []
  for (let at = openings.length - 1; at >= 0; at--) {
    const opening = openings[at]
    const turn = opening?.type === 'turns' ? opening.turns.findLast((each) => each.member === member) : undefined
    if (turn) return turn.turn
  }
  return 0
}

/** The node of the graph that a path leads to, and the boxes on the way with the item or iteration of each. */
export function placesOn(path: PathKey): { node: string; scopes: readonly (readonly [PathKey, number])[] } {
  const scopes: [PathKey, number][] = []
  for (const match of path.matchAll(/\[(\d+)\](?=\/)/g)) scopes.push([path.slice(0, match.index), Number(match[1])])
  const last = path.slice(path.lastIndexOf('/') + 1)
  return { node: /^[a-z][a-z0-9_]*/.exec(last)?.[0] ?? last, scopes }
}

import type { PathKey } from '@/engine/path'
import type { Opening } from '@/engine/run/events'
import type { RunState } from '@/engine/run/state'

/** Somebody in a team speaks to somebody else: what one said is what the other works on. */
export type Talk = { from: string; to: string; isNow: boolean }

type Team = { mode: string; lead: string | null; members: readonly string[] }

/** Who speaks to whom: every pair that has spoken, once, the latest of them last. */
export function talksOf(state: RunState, key: PathKey, team: Team): readonly Talk[] {
  const talks = new Map<string, Talk>()
  const openings = turnsIn(state.openings.get(key))
  openings.forEach((turns, at) => {
    const before = openings[at - 1] ?? []
    for (const { member, turn } of turns) {
      const isNow = isAtWork(state, `${key}/${member}#${turn}`)
      for (const from of speakersTo(member, before, team)) {
        if (from === member) continue
        talks.delete(`${from} ${member}`)
        talks.set(`${from} ${member}`, { from, to: member, isNow })
      }
    }
  })
  return [...talks.values()]
}

type Turns = Extract<Opening, { type: 'turns' }>['turns']

const turnsIn = (openings: readonly Opening[] = []): Turns[] =>
  openings.flatMap((opening) => (opening.type === 'turns' ? [opening.turns] : []))

function speakersTo(member: string, before: Turns, { mode, lead }: Team): readonly string[] {
  if (mode === 'supervisor' && lead !== null && member !== lead) return [lead]
  if (mode === 'parallel') return []
  return before.map((turn) => turn.member)
}

function isAtWork(state: RunState, path: PathKey): boolean {
  const status = state.nodes.get(path)?.status
  return status === 'running' || status === 'retrying' || status === 'waiting'
}

import { assertNever, isJsonObject, own } from '@/engine/json'
import type { Turn } from '@/engine/kind/run'
import { supervise } from '@/engine/team/supervise'
import { transcriptOf, usageOf } from '@/engine/team/transcript'
import type { DoneTurn, Member, TeamMove, TeamSetup } from '@/engine/team/types'
import { textOf } from '@/engine/text-of'

/** What a team does next: a fold over the turns it has taken so far, in the order in which they were opened. */
export function nextMove(setup: TeamSetup, done: readonly DoneTurn[]): TeamMove {
  const failed = memberFailure(setup, done)
  if (failed !== null) return failed
  switch (setup.mode) {
    case 'supervisor':
      return supervise(setup, done)
    case 'sequence':
      return sequence(setup, done)
    case 'parallel':
      return parallel(setup, done)
    default:
      return assertNever(setup.mode)
  }
}

function memberFailure({ members }: TeamSetup, done: readonly DoneTurn[]): TeamMove | null {
  for (const { turn, result } of done) {
    if (result.status === 'completed') continue
    const name = members.find((member) => member.id === turn.member)?.name ?? turn.member
    const message = `${name} failed in round ${turn.round}: ${result.failure.message}`
    return { type: 'fail', failure: { code: result.failure.code, message } }
  }
  return null
}

const firstTurn = (member: Member, setup: TeamSetup): Turn => ({
  member: member.id,
  turn: 1,
  task: setup.goal,
  from: 'team',
  round: 1,
  transcript: [],
})

function sequence(setup: TeamSetup, done: readonly DoneTurn[]): TeamMove {
  const next = setup.members[done.length]
  const last = done.at(-1)
  const transcript = transcriptOf(setup, done)
  if (next !== undefined) {
    return { type: 'open', turns: [{ ...firstTurn(next, setup), from: last?.turn.member ?? 'team', transcript }] }
  }
  const value = last?.result.status === 'completed' ? last.result.value : null
  const data = isJsonObject(value) ? own(value, 'data') : undefined
  const outcome = { text: textOf(value), transcript, usage: usageOf(done) }
  return { type: 'finish', outcome: data === undefined ? outcome : { ...outcome, data } }
}

function parallel(setup: TeamSetup, done: readonly DoneTurn[]): TeamMove {
  if (done.length === 0) return { type: 'open', turns: setup.members.map((member) => firstTurn(member, setup)) }
  const parts = done.map(({ turn, result }) => {
    const name = setup.members.find((member) => member.id === turn.member)?.name ?? turn.member
    return `## ${name}\n\n${result.status === 'completed' ? textOf(result.value) : ''}`
  })
  const text = parts.join('\n\n')
  return { type: 'finish', outcome: { text, transcript: transcriptOf(setup, done), usage: usageOf(done) } }
}

import type { Turn } from '@/engine/kind/run'
import { decisionSchema, type Order, readDecision } from '@/engine/team/decision'
import { transcriptOf, usageOf } from '@/engine/team/transcript'
import type { DoneTurn, Member, TeamMove, TeamSetup } from '@/engine/team/types'
import { textOf } from '@/engine/text-of'

/** The same order to the same member this often is a team going round in circles. */
const mostRepeats = 3

const othersOf = (setup: TeamSetup): readonly Member[] => setup.members.filter((member) => member.id !== setup.lead)

/** Rounds of a lead that hands out work and, in the end, gives the result. */
export function supervise(setup: TeamSetup, done: readonly DoneTurn[]): TeamMove {
  const latest = done.at(-1)
  if (latest === undefined) return { type: 'open', turns: [leadTurn(setup, done, 1)] }
  const { round } = latest.turn
  if (latest.turn.decision === undefined) return { type: 'open', turns: [leadTurn(setup, done, round + 1)] }
  const value = latest.result.status === 'completed' ? latest.result.value : null
  const decision = readDecision(value)
  // A lead that gives both a result and more work is taken at its result, but not before anybody has worked for it.
  const ends = round >= setup.maxRounds || (decision.finish !== null && round > 1)
  const orders = ends ? [] : decision.delegate.filter(({ to }) => isOther(setup, to))
  if (orders.length === 0) {
    const text = decision.finish ?? (decision.say === '' ? textOf(value) : decision.say)
    return { type: 'finish', outcome: { text, transcript: transcriptOf(setup, done), usage: usageOf(done) } }
  }
  return repeated(done, orders) ?? { type: 'open', turns: orderTurns(setup, done, { orders, round }) }
}

const isOther = (setup: TeamSetup, id: string): boolean => othersOf(setup).some((member) => member.id === id)

function repeated(done: readonly DoneTurn[], orders: readonly Order[]): TeamMove | null {
  const key = (to: string, task: string) => JSON.stringify([to, task.trim()])
  const counts = new Map<string, number>()
  const count = (to: string, task: string) => counts.set(key(to, task), (counts.get(key(to, task)) ?? 0) + 1)
  for (const { turn } of done) if (turn.decision === undefined) count(turn.member, turn.task)
  for (const { to, task } of orders) {
    count(to, task)
    if ((counts.get(key(to, task)) ?? 0) < mostRepeats) continue
    const message = `The lead gave ${to} the same task ${mostRepeats} times. Make the goal or the instructions of the lead clearer.`
    return { type: 'fail', failure: { code: 'loop_guard', message } }
  }
  return null
}

const turnsOf = (done: readonly DoneTurn[], member: string): number =>
  done.filter(({ turn }) => turn.member === member).length

function leadTurn(setup: TeamSetup, done: readonly DoneTurn[], round: number): Turn {
  const others = othersOf(setup)
  const last = round >= setup.maxRounds
  return {
    member: setup.lead,
    turn: turnsOf(done, setup.lead) + 1,
    task: leadTask(setup, others, { round, last }),
    from: 'team',
    round,
    transcript: transcriptOf(setup, done),
    decision: decisionSchema(others, last),
  }
}

function orderTurns(
  setup: TeamSetup,
  done: readonly DoneTurn[],
  { orders, round }: { orders: readonly Order[]; round: number },
): readonly Turn[] {
  const transcript = transcriptOf(setup, done)
  const given = new Map<string, number>()
  return orders.map(({ to, task }) => {
    const turn = (given.get(to) ?? turnsOf(done, to)) + 1
    given.set(to, turn)
    return { member: to, turn, task, from: setup.lead, round, transcript }
  })
}

function leadTask(setup: TeamSetup, others: readonly Member[], at: { round: number; last: boolean }): string {
  const team = others.map(({ id, name, about }) => {
    const called = name === id ? id : `${id} (${name})`
    return `- ${called}${about === '' ? '' : `: ${about}`}`
  })
  const rule = at.last
    ? 'This is the last round: give the whole final result in `finish` now, from what is there.'
    : 'Either hand out work in `delegate`, or, when the goal is reached, give the whole final result in `finish`.'
  return [
    `You lead a team. The goal:\n${setup.goal}`,
    ...(team.length === 0 ? [] : [`The members of your team:\n${team.join('\n')}`]),
    `This is round ${at.round} of at most ${setup.maxRounds}. ${rule}`,
  ].join('\n\n')
}

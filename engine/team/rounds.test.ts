import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import type { Turn } from '@/engine/kind/run'
import { validateJson } from '@/engine/schema/json-schema'
import { describeMember } from './members'
import { nextMove } from './rounds'
import type { DoneTurn, TeamMove, TeamSetup } from './types'

const members = ['boss', 'coder', 'critic'].map((id) => ({ id, name: id, kind: 'agent', about: `${id} things` }))
const setup = (mode: TeamSetup['mode'], more: Partial<TeamSetup> = {}): TeamSetup => ({
  mode,
  path: 'crew',
  goal: 'Build a bridge',
  members,
  lead: 'boss',
  maxRounds: 4,
  ...more,
})

const usage = { inputTokens: 3, outputTokens: 2, cost: 0.5 }
const said = (text: string): Json => ({ text, usage })
const decides = (data: Json): Json => ({ text: JSON.stringify(data), data, usage })
const hands = (...orders: readonly (readonly [string, string])[]): Json =>
  decides({ say: 'Go', delegate: orders.map(([to, task]) => ({ to, task })), finish: null })

type Play = { move: Exclude<TeamMove, { type: 'open' }>; done: DoneTurn[]; rounds: (readonly Turn[])[] }

/** Plays a team to its end; `answer` is what a member's turn yields. */
function play(team: TeamSetup, answer: (turn: Turn) => Json): Play {
  const done: DoneTurn[] = []
  const rounds: (readonly Turn[])[] = []
  for (;;) {
    const move = nextMove(team, done)
    if (move.type !== 'open') return { move, done, rounds }
    rounds.push(move.turns)
    for (const turn of move.turns) done.push({ turn, result: { status: 'completed', value: answer(turn) } })
  }
}

describe('a sequence', () => {
  it('gives every member the goal in turn, with what was said before, and ends with the last answer', () => {
    const { move, rounds } = play(setup('sequence'), ({ member }) => ({
      text: `${member} was here`,
      data: { by: member },
      usage,
    }))
    expect(
      rounds.map((turns) => turns.map(({ member, from, transcript }) => [member, from, transcript.length])),
    ).toEqual([[['boss', 'team', 0]], [['coder', 'boss', 1]], [['critic', 'coder', 2]]])
    expect(move).toMatchObject({
      type: 'finish',
      outcome: {
        text: 'critic was here',
        data: { by: 'critic' },
        usage: { inputTokens: 9, outputTokens: 6, cost: 1.5 },
      },
    })
  })
})

describe('a parallel team', () => {
  it('asks all at once, none seeing the others, and puts the answers below each other', () => {
    const { move, rounds } = play(setup('parallel'), ({ member }) => said(`from ${member}`))
    expect(rounds).toHaveLength(1)
    expect(rounds[0]?.map(({ member, transcript }) => [member, transcript.length])).toEqual([
      ['boss', 0],
      ['coder', 0],
      ['critic', 0],
    ])
    expect(move).toMatchObject({
      outcome: { text: '## boss\n\nfrom boss\n\n## coder\n\nfrom coder\n\n## critic\n\nfrom critic' },
    })
  })
})

describe('a supervised team', () => {
  it('lets the lead hand out work in parallel and give the result', () => {
    const { move, rounds } = play(setup('supervisor'), ({ member, turn }) => {
      if (member !== 'boss') return said(`${member}#${turn} did it`)
      if (turn === 1) return hands(['coder', 'left half'], ['coder', 'right half'], ['critic', 'look'])
      return decides({ say: 'There.', delegate: [], finish: 'A bridge' })
    })
    expect(
      rounds.map((turns) =>
        turns.map(({ member, turn, task, from, round }) => [member, turn, task, from, round]).slice(0, 3),
      ),
    ).toMatchObject([
      [['boss', 1, expect.stringContaining('Build a bridge'), 'team', 1]],
      [
        ['coder', 1, 'left half', 'boss', 1],
        ['coder', 2, 'right half', 'boss', 1],
        ['critic', 1, 'look', 'boss', 1],
      ],
      [['boss', 2, expect.stringContaining('round 2 of at most 4'), 'team', 2]],
    ])
    expect(move).toMatchObject({ type: 'finish', outcome: { text: 'A bridge' } })
    const transcript = move.type === 'finish' ? move.outcome.transcript : []
    expect(transcript.map(({ path, from, to, round }) => [path, from, to, round])).toEqual([
      ['crew/boss#1', 'boss', undefined, 1],
      ['crew/boss#1', 'boss', 'coder', 1],
      ['crew/boss#1', 'boss', 'coder', 1],
      ['crew/boss#1', 'boss', 'critic', 1],
      ['crew/coder#1', 'coder', 'boss', 1],
      ['crew/coder#2', 'coder', 'boss', 1],
      ['crew/critic#1', 'critic', 'boss', 1],
      ['crew/boss#2', 'boss', undefined, 2],
    ])
  })

  it('tells the lead who is in the team and lets it name nobody else', () => {
    const { rounds } = play(setup('supervisor'), () => decides({ say: 'x', delegate: [], finish: 'done' }))
    const lead = rounds[0]?.[0]
    expect(lead?.task).toContain('- coder: coder things')
    expect(lead?.task).not.toContain('- boss')
    const order = (to: string): Json => ({ say: '', delegate: [{ to, task: 't' }], finish: null })
    expect(validateJson(lead?.decision ?? false, order('coder'))).toEqual([])
    expect(validateJson(lead?.decision ?? false, order('boss'))).not.toEqual([])
    expect(validateJson(lead?.decision ?? false, order('stranger'))).not.toEqual([])
  })

  it('makes the lead finish in the last round', () => {
    let n = 0
    const { move, rounds } = play(setup('supervisor'), ({ member, decision }) => {
      n += 1
      if (member !== 'boss') return said('done')
      const may = JSON.stringify(decision).includes('delegate')
      return may ? hands(['coder', `task ${n}`]) : decides({ say: 'Time is up.', finish: 'What we have' })
    })
    expect(rounds.flat().filter(({ member }) => member === 'boss')).toHaveLength(4)
    expect(move).toMatchObject({ type: 'finish', outcome: { text: 'What we have' } })
  })

  it('takes a lead that hands out work and finishes at its result, but not before anybody has worked', () => {
    const both = decides({ say: '', delegate: [{ to: 'coder', task: 'draw' }], finish: 'A bridge' })
    const { move, rounds } = play(setup('supervisor'), ({ member }) => (member === 'boss' ? both : said('drawn')))
    expect(rounds.map((turns) => turns.map(({ member }) => member))).toEqual([['boss'], ['coder'], ['boss']])
    expect(move).toMatchObject({ type: 'finish', outcome: { text: 'A bridge' } })
  })

  it('stops with loop_guard when the same task goes to the same member a third time', () => {
    const { move, done } = play(setup('supervisor', { maxRounds: 50 }), ({ member, turn }) => {
      if (member !== 'boss') return said('done')
      return turn % 2 === 1 ? hands(['coder', 'again ']) : hands(['critic', `look ${turn}`])
    })
    expect(move).toMatchObject({ type: 'fail', failure: { code: 'loop_guard' } })
    expect(done.filter(({ turn }) => turn.member === 'coder')).toHaveLength(2)
  })
})

describe('any team', () => {
  it('fails with its member, naming it', () => {
    const team = setup('sequence')
    const first = nextMove(team, [])
    const turn = first.type === 'open' ? first.turns[0] : undefined
    if (turn === undefined) throw new Error('no turn')
    const failure = { code: 'model_refused', message: 'No.' } as const
    expect(nextMove(team, [{ turn, result: { status: 'failed', failure } }])).toEqual({
      type: 'fail',
      failure: { code: 'model_refused', message: 'boss failed in round 1: No.' },
    })
  })

  it('ends, numbers turns of a member without gaps, and decides the same from the same turns', () => {
    const orders = fc.array(fc.tuple(fc.constantFrom('coder', 'critic'), fc.string({ maxLength: 3 })), { maxLength: 3 })
    const decision = fc.oneof(
      orders.map((list) => hands(...list)),
      fc.string().map((finish) => decides({ say: '', delegate: [], finish })),
    )
    const mode = fc.constantFrom<TeamSetup['mode']>('supervisor', 'sequence', 'parallel')
    fc.assert(
      fc.property(mode, fc.integer({ min: 1, max: 6 }), fc.array(decision), (kind, maxRounds, decisions) => {
        const team = setup(kind, { maxRounds })
        const { done, move } = play(team, ({ member, turn, decision: asked }) =>
          asked === undefined ? said(`${member} ${turn}`) : (decisions[turn - 1] ?? hands(['coder', String(turn)])),
        )
        const leads = done.filter(({ turn }) => turn.decision !== undefined)
        expect(leads.length).toBeLessThanOrEqual(maxRounds)
        for (const { id } of members) {
          const numbers = done.filter(({ turn }) => turn.member === id).map(({ turn }) => turn.turn)
          expect(numbers).toEqual(numbers.map((_, index) => index + 1))
        }
        expect(nextMove(team, done)).toEqual(move)
      }),
    )
  })
})

describe('what a lead is told of a member', () => {
  it('is in the words of its config, short', () => {
    const about = (kind: string, config: unknown) => describeMember({ id: 'm', name: 'M', kind, config }).about
    expect(about('agent', { instructions: 'You  write\ncode.' })).toBe('You write code.')
    expect(about('team', { goal: 'Win' })).toBe('Win')
    expect(about('workflow', { workflow: 'brief' })).toBe('runs the workflow brief')
    expect(about('agent', {})).toBe('')
    expect(about('agent', { instructions: 'x'.repeat(900) })).toHaveLength(300)
  })
})

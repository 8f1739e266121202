import { describe, expect, it } from 'vitest'
import { isJsonObject, type Json } from '@/engine/json'
import type { BoxContext, ScopeResult, Turn } from '@/engine/kind/run'
import type { ModelRequest } from '@/engine/model/types'
import type { Opening } from '@/engine/run/events'
import { agentRun } from '../agent/run'
import { agentSpec } from '../agent/spec'
import { teamRun } from '../team/run'
import { teamSpec } from '../team/spec'
import { answersWith, call, callsTools, says } from '../testing/answers'
import { advance, boxContext, enter, nodeContext } from '../testing/context'
import { Crash, type Desk, openDesk, type World } from '../testing/desk'

type Log = { desks: Map<string, Desk>; opened: { opening: Opening; value: Json }[]; results: Map<string, ScopeResult> }
const newLog = (): Log => ({ desks: new Map(), opened: [], results: new Map() })

const members = [
  { id: 'boss', name: 'Boss', kind: 'agent', config: { instructions: 'You lead.' } },
  { id: 'coder', name: 'Coder', kind: 'agent', config: { instructions: 'You code.', tools: ['look'] } },
]
const look = { name: 'look', description: 'looks', parameters: {}, risk: 'read' } as const

function deskAt(log: Log, path: string, world: World): Desk {
  const desk = log.desks.get(path) ?? openDesk({ tools: [look], ...world })
  log.desks.set(path, desk)
  return desk
}

/** Drives a team and its agents as the runtime does, over a log that a crash leaves behind. */
async function drive(log: Log, config: object, world: World): Promise<Json> {
  for (;;) {
    const move = await advance(teamRun, boxOf(log, config, world))
    if ('output' in move) return move.output
    if (!('open' in move)) throw new Error('A team only opens turns and ends.')
    const latest = { opening: move.open, value: move.value }
    const turns = (move.value as unknown as { turns: Turn[] }).turns
    for (const turn of turns) await takeTurn(log, turn, world)
    log.opened.push(latest)
  }
}

async function takeTurn(log: Log, turn: Turn, world: World): Promise<void> {
  const path = `crew/${turn.member}#${turn.turn}`
  if (log.results.has(path)) return
  const member = members.find(({ id }) => id === turn.member)
  if (member === undefined) throw new Error(`${turn.member} is no member`)
  const { task, from, round, transcript } = turn
  const input = { task, from, round, transcript } as unknown as Json
  const place = { config: member.config, node: member, turn, input, path, desk: deskAt(log, path, world) }
  const outcome = await enter(agentRun, nodeContext(agentSpec, place))
  if (!('output' in outcome)) throw new Error('This agent should have answered.')
  log.results.set(path, { status: 'completed', value: outcome.output })
}

function boxOf(log: Log, config: object, world: World): BoxContext<unknown> {
  const turnResult = (member: string, turn: number) => {
    const result = log.results.get(`crew/${member}#${turn}`)
    if (result === undefined) throw new Error(`${member}#${turn} has not answered`)
    return result
  }
  const place = { config, path: 'crew', desk: deskAt(log, 'crew', world), values: { start: { goal: 'a bridge' } } }
  return boxContext(teamSpec, place, { opened: log.opened, members, turnResult }) as BoxContext<unknown>
}

/** One endpoint for all: it sees only the request. */
function endpoint(request: ModelRequest) {
  const all = request.messages.map(({ content }) => content).join('\n')
  if (request.outputSchema !== undefined) {
    if (all.includes('round 1 of')) {
      return answersWith({
        say: 'Go',
        delegate: ['left', 'right'].map((task) => ({ to: 'coder', task })),
        finish: null,
      })
    }
    return answersWith({ say: 'Done', delegate: [], finish: `From ${all.split('built').length - 1} parts` })
  }
  if (request.tools !== undefined && !request.messages.some(({ role }) => role === 'tool'))
    return callsTools(call('look', {}))
  return says(`built ${all.includes('left') ? 'left' : 'right'}`)
}

const world: World = { model: endpoint, tool: () => 'seen' }
const supervised = { mode: 'supervisor', goal: 'Build {{ start.goal }}' }

describe('a team of agents', () => {
  it('reaches its goal through its lead and adds up what everybody used', async () => {
    const log = newLog()
    const output = await drive(log, supervised, world)
    // Two decisions, and for each of two orders a call with a tool and an answer.
    expect(output).toMatchObject({ text: 'From 2 parts', usage: { inputTokens: 60, outputTokens: 30, cost: 3 } })
    expect([...log.results.keys()]).toEqual(['crew/boss#1', 'crew/coder#1', 'crew/coder#2', 'crew/boss#2'])
    const lead = log.desks.get('crew/boss#1')?.requests.get('m1')?.messages ?? []
    expect(lead[0]?.content).toContain('You are Boss (boss), a member of a team.')
    expect(lead[1]?.content).toContain('Build a bridge')
    expect(lead[1]?.content).toContain('- coder (Coder): You code.')
  })

  it('comes to the same end from every point at which it dies, asking no model twice', async () => {
    const whole = newLog()
    const wanted = await drive(whole, supervised, world)
    const recorded = [...whole.desks.values()].reduce((sum, desk) => sum + desk.results.size, 0)
    expect(recorded).toBe(8)
    for (let survived = 0; survived < recorded; survived += 1) {
      const log = newLog()
      let answers = 0
      let alive = true
      const dying = (request: ModelRequest) => {
        answers += 1
        return endpoint(request)
      }
      const count = () => [...log.desks.values()].reduce((sum, desk) => sum + desk.results.size, 0)
      const limited: World = {
        model: (request) => {
          if (alive && count() >= survived) throw new Crash()
          return dying(request)
        },
        tool: () => {
          if (alive && count() >= survived) throw new Crash()
          return 'seen'
        },
      }
      await expect(drive(log, supervised, limited)).rejects.toBeInstanceOf(Crash)
      expect(count()).toBe(survived)
      alive = false
      expect(await drive(log, supervised, limited), `after ${survived} results`).toEqual(wanted)
      expect(answers).toBe(6)
    }
  })

  it('makes one answer of a parallel team by a model when asked to', async () => {
    const log = newLog()
    const combining: World = {
      model: (request) =>
        JSON.stringify(request.messages).includes('Make one answer') ? says('one of two') : endpoint(request),
      tool: () => 'seen',
    }
    const output = await drive(log, { mode: 'parallel', goal: 'g', combine: 'model' }, combining)
    expect(output).toMatchObject({ text: 'one of two' })
    expect(isJsonObject(output) && output.usage).toMatchObject({ inputTokens: 40 })
    expect(log.desks.get('crew')?.done).toEqual(['m1'])
  })
})

import { describe, expect, it } from 'vitest'
import { buildGraph } from '@/engine/testing/build-graph'
import { openRun, planOf, refTo } from '@/engine/testing/open-run'
import { specs } from '@/nodes/registry/specs'
import { buildSchedule } from './build-schedule'
import { decide, nextWake } from './decide'
import type { Waiting } from './events'

const agent = { id: 'a', kind: 'agent', config: { instructions: 'work' } }
const approval = { id: 'ask', kind: 'approval', config: { title: 'May it?', message: 'Look' } }
const pause = { id: 'pause', kind: 'wait', config: { seconds: 1 } }
const asked = (deadline?: number): Waiting => {
  const until = deadline === undefined ? {} : { deadline }
  return { reason: 'approval', title: '', message: refTo(''), fields: [], onTimeout: 'fail', ...until }
}
const approved = { type: 'decision', decision: 'approved', by: { type: 'person' } } as const
const open = (...graph: Parameters<typeof buildGraph>) => openRun(planOf(buildGraph(...graph), specs))

describe('a node that waits', () => {
  it('is performed again when its time has come, and not before', () => {
    const run = open([pause])
    run.waits('pause', { reason: 'timer', until: 2_000 })
    expect(nextWake(run.schedule())).toBe(2_000)
    run.pass(999)
    expect(run.todo()).toEqual([])
    run.pass(1)
    expect(run.todo()).toEqual(['pause'])
    expect(run.types().at(-1)).toBe('node.resumed pause')
  })

  it('goes on at once when its time is past already', () => {
    const run = open([pause])
    run.waits('pause', { reason: 'timer', until: 5 })
    expect(run.todo()).toEqual(['pause'])
  })

  it('reports its deadline once and leaves it to whoever decides first', () => {
    const run = open([approval])
    run.waits('ask', asked(1_500))
    run.pass(500)
    expect(run.todo()).toEqual(['ask!'])
    expect(run.statusOf('ask')).toBe('waiting')
    expect(nextWake(run.schedule())).toBeNull()
  })

  it('has no deadline any more when somebody decided', () => {
    const run = open([approval])
    run.waits('ask', asked(1_500))
    run.say({ type: 'node.resumed', path: 'ask', cause: approved })
    run.done('ask', ['approved'])
    run.pass(1_000)
    expect(run.todo()).toEqual([])
    expect(run.state.run.status).toBe('completed')
  })

  it('reports its deadline again to the worker that takes the run over, which may never have heard of it', () => {
    const graph = buildGraph([approval])
    const run = openRun(planOf(graph, specs))
    run.waits('ask', asked(1_500))
    run.pass(500)
    const { commands } = decide(buildSchedule(planOf(graph, specs), run.state), run.state, 1_500)
    expect(commands).toMatchObject([{ type: 'deadline', wait: 1, at: 1_500 }])
  })
})

describe('a paused run', () => {
  it('starts nothing, records what was at work, and goes on where it was', () => {
    const run = open([agent, { ...agent, id: 'b' }, approval], ['a -> b'])
    run.waits('ask', asked())
    run.say({ type: 'run.paused', reason: 'person' })
    run.done('a')
    run.say({ type: 'node.resumed', path: 'ask', cause: approved })
    run.pass(10_000)
    expect(run.todo()).toEqual([])
    run.say({ type: 'run.resumed' })
    expect(run.todo()).toEqual(['b', 'ask'])
  })

  it('can be cancelled, with everything that is open', () => {
    const run = open([agent, approval])
    run.waits('ask', asked())
    run.say({ type: 'run.paused', reason: 'budget' })
    run.cancel()
    expect([run.statusOf('a'), run.statusOf('ask')]).toEqual(['cancelled', 'cancelled'])
    expect(run.state.run.status).toBe('cancelled')
  })
})

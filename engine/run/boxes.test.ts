import { describe, expect, it } from 'vitest'
import type { GraphNode } from '@/engine/graph/schema'
import { buildGraph } from '@/engine/testing/build-graph'
import { openRun, planOf, refTo } from '@/engine/testing/open-run'
import { specs } from '@/nodes/registry/specs'

const agent = (id: string, parent?: string, more: Partial<GraphNode> = {}) => {
  return {
    id,
    kind: 'agent',
    retry: { max: 0 },
    config: { instructions: 'work' },
    ...(parent ? { parent } : {}),
    ...more,
  }
}
const map = (config: object = {}, more: Partial<GraphNode> = {}) => {
  return { id: 'each', kind: 'map', config: { items: '[1, 2, 3]', concurrency: 2, ...config }, ...more }
}
const items = { type: 'items' as const, count: 3, concurrency: 2 }
const loop = (more: Partial<GraphNode> = {}) => {
  return { id: 'again', kind: 'loop', config: { until: 'iteration == 1', maxIterations: 5 }, ...more }
}
const team = (more: Partial<GraphNode> = {}) => {
  return { id: 'crew', kind: 'team', config: { mode: 'parallel', goal: 'win' }, ...more }
}
const turn = (member: string, number = 1) => ({ member, turn: number })
const open = (...graph: Parameters<typeof buildGraph>) => openRun(planOf(buildGraph(...graph), specs))

describe('a map', () => {
  it('keeps as many items at work as it may, and is asked for its result when all are done', () => {
    const run = open([map(), agent('a', 'each')])
    expect(run.todo()).toEqual(['each?'])
    run.opens('each', items)
    expect(run.todo()).toEqual(['each[0]/a', 'each[1]/a'])
    run.done('each[1]/a')
    expect(run.todo()).toEqual(['each[0]/a', 'each[2]/a'])
    run.done('each[2]/a')
    run.done('each[0]/a')
    expect(run.todo()).toEqual(['each?'])
    run.done('each')
    expect(run.state.run.status).toBe('completed')
  })

  it('opens no further item when one has failed, finishes those at work, and can name what failed', () => {
    const run = open([map(), agent('a', 'each'), agent('b', 'each')], ['a -> b'])
    run.opens('each', items)
    run.failed('each[1]/a')
    run.done('each[0]/a')
    expect(run.todo()).toEqual(['each?'])
    const failed = run.schedule().instances.get('each')?.box?.failures
    expect(failed?.get(1)).toMatchObject({ path: 'each[1]/a' })
    expect(run.statusOf('each[2]/a')).toBe('idle')
    run.failed('each', { code: 'item_failed' })
    expect(run.state.run).toMatchObject({ status: 'failed', path: 'each[1]/a' })
  })

  it('goes on with the other items when it may leave out what failed', () => {
    const run = open([map({ onItemError: 'null' }), agent('a', 'each'), agent('b', 'each')], ['a -> b'])
    run.opens('each', items)
    run.failed('each[0]/a')
    expect(run.todo()).toEqual(['each[1]/a', 'each[2]/a'])
    for (const item of [1, 2]) run.done(`each[${item}]/a`)
    for (const item of [1, 2]) run.done(`each[${item}]/b`)
    expect(run.todo()).toEqual(['each?'])
    run.done('each')
    expect(run.state.run.status).toBe('completed')
  })

  it('gives up unfinished, without an answer, when something beside it fails', () => {
    const run = open([map({ onItemError: 'null' }), agent('a', 'each'), agent('beside')])
    run.opens('each', items)
    run.failed('each[0]/a')
    run.failed('beside')
    expect(run.todo()).toEqual(['each[1]/a', 'each[2]/a'])
    run.done('each[1]/a')
    run.done('each[2]/a')
    expect(run.statusOf('each')).toBe('cancelled')
    expect(run.state.run).toMatchObject({ status: 'failed', path: 'beside' })
  })

  it('does not open its remaining items when something beside it fails', () => {
    const run = open([map({ concurrency: 1 }), agent('a', 'each'), agent('beside')])
    run.opens('each', { ...items, concurrency: 1 })
    run.failed('beside')
    run.done('each[0]/a')
    expect(run.statusOf('each')).toBe('cancelled')
    expect(run.state.run.status).toBe('failed')
  })
})

describe('a loop', () => {
  it('is asked after each iteration and opens the next one anew', () => {
    const run = open([loop(), agent('a', 'again')])
    run.opens('again', { type: 'iteration', index: 0 })
    expect(run.todo()).toEqual(['again[0]/a'])
    run.done('again[0]/a')
    expect(run.todo()).toEqual(['again?'])
    run.opens('again', { type: 'iteration', index: 1 })
    expect(run.todo()).toEqual(['again[1]/a'])
  })

  it('answers for a failure inside with its own failure, which it may handle', () => {
    const run = open([loop({ onError: 'branch' }), agent('a', 'again'), agent('rescue')], ['again.error -> rescue'])
    run.opens('again', { type: 'iteration', index: 0 })
    run.failed('again[0]/a')
    expect(run.todo()).toEqual(['again?'])
    run.failed('again')
    expect(run.todo()).toEqual(['rescue'])
  })
})

describe('a team', () => {
  it('is asked again when all turns that it opened are over', () => {
    const run = open([team(), agent('a', 'crew'), agent('b', 'crew')])
    run.opens('crew', { type: 'turns', turns: [turn('a'), turn('b')] })
    expect(run.todo()).toEqual(['crew/a#1', 'crew/b#1'])
    run.done('crew/b#1')
    run.done('crew/a#1')
    expect(run.todo()).toEqual(['crew?'])
    run.opens('crew', { type: 'turns', turns: [turn('a', 2)] })
    expect(run.todo()).toEqual(['crew/a#2'])
  })

  it('is left to finish its own move when something beside it fails', () => {
    const run = open([team(), agent('a', 'crew'), agent('beside')])
    run.opens('crew', { type: 'turns', turns: [turn('a')] })
    run.done('crew/a#1')
    expect(run.todo()).toEqual(['beside', 'crew?'])
    run.failed('beside')
    expect(run.statusOf('crew')).toBe('running')
    run.done('crew')
    expect(run.state.run).toMatchObject({ status: 'failed', path: 'beside' })
  })

  it('is asked again after it waited for a person itself', () => {
    const run = open([team(), agent('a', 'crew')])
    run.opens('crew', { type: 'turns', turns: [turn('a')] })
    run.done('crew/a#1')
    run.waits('crew', { reason: 'doubt', step: 'm1' })
    expect(run.todo()).toEqual([])
    const cause = { type: 'decision', decision: 'approved', by: { type: 'person' } } as const
    run.say({ type: 'node.resumed', path: 'crew', cause })
    expect(run.todo()).toEqual(['crew?'])
  })
})

describe('boxes in boxes', () => {
  const nested = [
    team(),
    { id: 'inner', kind: 'team', parent: 'crew', config: { mode: 'parallel', goal: 'help' } },
    agent('a', 'inner'),
    loop(),
    map({}, { parent: 'again' }),
    agent('b', 'each'),
  ]

  it('reach every node by the path of all that is around it', () => {
    const run = open(nested)
    run.opens('crew', { type: 'turns', turns: [turn('inner', 2)] })
    run.opens('crew/inner#2', { type: 'turns', turns: [turn('a', 3)] })
    run.opens('again', { type: 'iteration', index: 0 })
    run.opens('again[0]/each', items)
    expect(run.todo()).toEqual(['crew/inner#2/a#3', 'again[0]/each[0]/b', 'again[0]/each[1]/b'])
    run.done('crew/inner#2/a#3')
    expect(run.todo().at(-1)).toBe('crew/inner#2?')
  })

  it('fail with what is inside, from the inside out', () => {
    const run = open(nested)
    run.opens('again', { type: 'iteration', index: 0 })
    run.opens('again[0]/each', items)
    run.opens('crew', { type: 'turns', turns: [turn('inner')] })
    run.opens('crew/inner#1', { type: 'turns', turns: [turn('a')] })
    run.failed('again[0]/each[1]/b')
    run.done('crew/inner#1/a#1')
    expect([run.statusOf('crew/inner#1'), run.statusOf('crew')]).toEqual(['cancelled', 'cancelled'])
    run.done('again[0]/each[0]/b')
    run.failed('again[0]/each')
    run.failed('again')
    expect(run.state.run).toMatchObject({ status: 'failed', path: 'again[0]/each[1]/b' })
  })
})

describe('a box that is tried again', () => {
  const retry = { max: 1, delayMs: 50, backoff: 'fixed' as const }

  it('tries what failed inside again and keeps what was done, while all around it goes on', () => {
    const run = open([map({}, { retry }), agent('a', 'each'), agent('beside'), agent('next')], ['beside -> next'])
    run.opens('each', items)
    run.done('each[0]/a')
    run.failed('each[1]/a')
    run.done('each[2]/a')
    run.failed('each', { code: 'item_failed' })
    expect(run.statusOf('each')).toBe('retrying')
    run.done('beside')
    expect(run.todo()).toEqual(['next'])
    run.pass(50)
    expect(run.todo()).toEqual(['next', 'each[1]/a'])
    run.done('each[1]/a')
    run.done('each')
    run.done('next')
    expect(run.state.run.status).toBe('completed')
  })

  it('forgets nothing that was about to happen beside it', () => {
    const wait = { id: 'pause', kind: 'wait', config: { seconds: 1 } }
    const run = open([map({}, { retry }), agent('a', 'each'), wait])
    run.opens('each', items)
    run.failed('each[0]/a')
    run.done('each[1]/a')
    run.failed('each', { code: 'item_failed' })
    const at = run.state.nodes.get('each')
    run.waits('pause', { reason: 'timer', until: at?.status === 'retrying' ? at.retryAt - 1 : 0 })
    run.pass(50)
    expect(run.todo()).toEqual(expect.arrayContaining(['each[0]/a', 'pause']))
  })

  it('leaves alone what a map inside has left out', () => {
    const outer = { id: 'outer', kind: 'loop', retry, config: { until: 'true', maxIterations: 2 } }
    const nodes = [outer, map({ onItemError: 'null' }, { parent: 'outer' }), agent('a', 'each'), agent('b', 'outer')]
    const run = open([...nodes, { id: 'end', kind: 'output', parent: 'outer' }], ['each -> end', 'b -> end'])
    run.opens('outer', { type: 'iteration', index: 0 })
    run.opens('outer[0]/each', items)
    run.failed('outer[0]/each[0]/a')
    run.failed('outer[0]/b')
    run.done('outer[0]/each[1]/a')
    run.done('outer[0]/each[2]/a')
    run.failed('outer', { code: 'tool_failed' })
    run.pass(50)
    expect(run.todo()).toEqual(['outer[0]/b', 'outer[0]/each?'])
    expect(run.statusOf('outer[0]/each[0]/a')).toBe('failed')
  })

  it('fails for good, and the run with it, after its last attempt', () => {
    const run = open([map({}, { retry }), agent('a', 'each')])
    run.opens('each', items)
    run.failed('each[0]/a')
    run.done('each[1]/a')
    run.failed('each', { code: 'item_failed' })
    run.pass(50)
    run.failed('each[0]/a')
    run.done('each[2]/a')
    run.failed('each', { code: 'item_failed' })
    expect(run.state.run).toMatchObject({ status: 'failed', path: 'each[0]/a' })
  })
})

describe('trying a run with boxes again', () => {
  it('starts inside the boxes, where it failed', () => {
    const run = open([loop(), agent('a', 'again'), agent('b', 'again')], ['a -> b'])
    run.opens('again', { type: 'iteration', index: 0 })
    run.done('again[0]/a')
    run.failed('again[0]/b')
    run.failed('again')
    expect(run.state.run.status).toBe('failed')
    run.retry()
    expect(run.todo()).toEqual(['again[0]/b'])
    run.done('again[0]/b')
    expect(run.todo()).toEqual(['again?'])
    run.done('again')
    expect(run.state.run.status).toBe('completed')
  })

  it('starts a cancelled map with the items that were at work and those that had not begun', () => {
    const run = open([map(), agent('a', 'each')])
    run.opens('each', items)
    run.done('each[0]/a')
    run.cancel()
    run.retry()
    expect(run.todo().slice(-2)).toEqual(['each[1]/a', 'each[2]/a'])
    expect(run.statusOf('each[0]/a')).toBe('completed')
  })

  it('closes a wait inside a box when something beside the box fails, and asks anew', () => {
    const asked = { reason: 'approval' as const, title: '', message: refTo(''), fields: [], onTimeout: 'fail' as const }
    const approval = { id: 'ask', kind: 'approval', parent: 'each', config: { title: 'May it?', message: 'Look' } }
    const run = open([map(), approval, agent('beside')])
    run.opens('each', { ...items, count: 1 })
    run.waits('each[0]/ask', asked)
    run.failed('beside')
    expect([run.statusOf('each[0]/ask'), run.statusOf('each')]).toEqual(['cancelled', 'cancelled'])
    run.retry()
    expect(run.todo()).toEqual(['beside', 'each[0]/ask'])
  })
})

import { describe, expect, it } from 'vitest'
import type { GraphNode } from '@/engine/graph/schema'
import { buildGraph } from '@/engine/testing/build-graph'
import { openRun, planOf, refTo } from '@/engine/testing/open-run'
import { specs } from '@/nodes/registry/specs'

const agent = (id: string, more: Partial<GraphNode> = {}) => {
  return { id, kind: 'agent', retry: { max: 0 }, config: { instructions: 'work' }, ...more }
}
const approval = { id: 'ask', kind: 'approval', config: { title: 'May it?', message: 'Look' } }
const asked = { reason: 'approval' as const, title: '', message: refTo(''), fields: [], onTimeout: 'fail' as const }
const open = (...graph: Parameters<typeof buildGraph>) => openRun(planOf(buildGraph(...graph), specs))

describe('a failure that nothing handles', () => {
  it('lets what is in flight finish and be recorded, starts nothing new, and then fails the run naming the node', () => {
    const run = open([agent('a'), agent('b'), agent('after_a'), agent('after_b')], ['a -> after_a', 'b -> after_b'])
    run.failed('a')
    expect(run.state.run.status).toBe('running')
    expect(run.todo()).toEqual(['b'])
    run.done('b')
    expect(run.statusOf('after_b')).toBe('idle')
    expect(run.state.run).toMatchObject({ status: 'failed', path: 'a', failure: { code: 'tool_failed' } })
  })

  it('closes approvals and timers, which would keep the run open for days', () => {
    const wait = { id: 'pause', kind: 'wait', config: { seconds: 1000 } }
    const run = open([approval, wait, agent('a')])
    run.waits('ask', asked)
    run.waits('pause', { reason: 'timer', until: 1_000_000 })
    run.failed('a')
    expect([run.statusOf('ask'), run.statusOf('pause')]).toEqual(['cancelled', 'cancelled'])
    expect(run.state.run.status).toBe('failed')
  })

  it('closes an approval that is asked for only after the failure', () => {
    const run = open([approval, agent('a')])
    run.failed('a')
    run.waits('ask', asked)
    expect(run.statusOf('ask')).toBe('cancelled')
    expect(run.state.run.status).toBe('failed')
  })

  it('makes no further attempt at a sibling that fails later', () => {
    const run = open([agent('a'), agent('b', { retry: { max: 3, delayMs: 10 } })])
    run.failed('a')
    run.failed('b')
    expect(run.statusOf('b')).toBe('failed')
    expect(run.state.run).toMatchObject({ status: 'failed', path: 'a' })
  })

  it('names the first failure when several follow one another', () => {
    const run = open([agent('z'), agent('a'), agent('m')])
    run.failed('m')
    run.pass(5)
    run.failed('z')
    run.pass(5)
    run.failed('a')
    expect(run.state.run).toMatchObject({ status: 'failed', path: 'm' })
  })
})

describe('a failure that the node itself handles', () => {
  it('goes on by the normal port with an output that says what happened', () => {
    const run = open([agent('a', { onError: 'continue' }), agent('b')], ['a -> b'])
    run.failed('a')
    expect(run.todo()).toEqual(['b'])
    const a = run.state.nodes.get('a')
    const output = { error: { code: 'tool_failed', message: 'a failed' } }
    expect(a).toMatchObject({ status: 'failed', handled: { port: 'out', output: { inline: output } } })
    run.done('b')
    expect(run.state.run.status).toBe('completed')
  })

  it('goes on by the error port only, and by the normal port only when it succeeds', () => {
    const graph = [
      [agent('a', { onError: 'branch' }), agent('good'), agent('bad')],
      ['a -> good', 'a.error -> bad'],
    ] as const
    const failing = open(...graph)
    failing.failed('a')
    expect(failing.todo()).toEqual(['bad'])
    expect(failing.statusOf('good')).toBe('skipped')
    const working = open(...graph)
    working.done('a')
    expect(working.todo()).toEqual(['good'])
    expect(working.statusOf('bad')).toBe('skipped')
  })

  it('is handled only after the last attempt', () => {
    const run = open([agent('a', { onError: 'continue', retry: { max: 1, delayMs: 100, backoff: 'fixed' } })])
    run.failed('a')
    expect(run.statusOf('a')).toBe('retrying')
    run.pass(100)
    run.failed('a')
    expect(run.state.run.status).toBe('completed')
  })
})

describe('another attempt', () => {
  const retry = { max: 2, delayMs: 100, backoff: 'exponential' as const }

  it('comes after the delay, never before it, and not more often than allowed', () => {
    const run = open([agent('a', { retry })])
    run.failed('a')
    expect(run.state.nodes.get('a')).toMatchObject({ status: 'retrying', retryAt: 1_100 })
    run.pass(99)
    expect(run.todo()).toEqual([])
    run.pass(1)
    expect(run.todo()).toEqual(['a'])
    run.failed('a')
    run.pass(200)
    run.failed('a')
    expect(run.state.run).toMatchObject({ status: 'failed', path: 'a' })
    expect(run.log.flatMap((event) => (event.type === 'node.started' ? [event.attempt] : []))).toEqual([1, 2, 3])
  })

  it('is not made when it cannot help', () => {
    const run = open([agent('a', { retry })])
    run.failed('a', { code: 'invalid_config' })
    expect(run.statusOf('a')).toBe('failed')
  })

  it('does not disturb what goes on beside it', () => {
    const run = open([agent('a', { retry }), agent('b'), agent('c')], ['b -> c'])
    run.failed('a')
    run.done('b')
    expect(run.todo()).toEqual(['c'])
  })
})

describe('trying a run again', () => {
  it('starts what failed and what was closed because of it, and keeps what was done', () => {
    const run = open([agent('a'), approval, agent('b'), agent('c')], ['a -> c', 'b -> c', 'ask.approved -> c'])
    run.waits('ask', asked)
    run.done('b')
    run.failed('a')
    run.retry()
    expect(run.state.run.status).toBe('running')
    expect(run.todo()).toEqual(['a', 'ask'])
    run.waits('ask', asked)
    expect(run.state.nodes.get('ask')).toMatchObject({ wait: 2 })
    run.done('a')
    run.say({
      type: 'node.resumed',
      path: 'ask',
      cause: { type: 'decision', decision: 'approved', by: { type: 'key' } },
    })
    run.done('ask', ['approved'])
    run.done('c')
    expect(run.state.run.status).toBe('completed')
  })

  it('allows all automatic attempts anew', () => {
    const run = open([agent('a', { retry: { max: 1, delayMs: 10, backoff: 'fixed' } })])
    const attempts = () => run.log.flatMap((event) => (event.type === 'node.started' ? [event.attempt] : []))
    run.failed('a')
    run.pass(10)
    run.failed('a')
    run.retry()
    expect(attempts()).toEqual([1, 2, 3])
    run.failed('a')
    expect(run.statusOf('a')).toBe('retrying')
    run.pass(10)
    run.failed('a')
    expect(attempts()).toEqual([1, 2, 3, 4])
    expect(run.state.run.status).toBe('failed')
  })

  it('starts a cancelled run where it was stopped', () => {
    const run = open([agent('a'), agent('b')], ['a -> b'])
    run.done('a')
    run.cancel()
    expect(run.state.run.status).toBe('cancelled')
    expect(run.statusOf('b')).toBe('cancelled')
    run.retry()
    run.done('b')
    expect(run.state.run.status).toBe('completed')
    expect(run.types().filter((text) => text === 'node.started a')).toHaveLength(1)
  })
})

import { describe, expect, it } from 'vitest'
import { refTo } from '@/engine/testing/open-run'
import type { Fact, RunEvent } from './events'
import { foldEvents, newRun, reduce, replay } from './reduce'

const logOf = (...facts: Fact[]): RunEvent[] =>
  facts.map((fact, index) => ({ ...fact, seq: index + 1, at: 10 * (index + 1) }))
const created: Fact = {
  type: 'run.created',
  v: 1,
  input: refTo({}),
  trigger: 'api',
  budget: { maxSteps: 5, maxCost: 1 },
}
const start = (path: string, attempt = 1): Fact => ({ type: 'node.started', path, attempt })
const usage = { inputTokens: 3, outputTokens: 4, cost: 0.5, steps: 1 }
const step = (path: string, name: string): Fact => {
  return { type: 'step.completed', path, step: name, kind: 'model', result: refTo(1), startedAt: 0, usage }
}
const takeover = (died: boolean): Fact => ({ type: 'node.resumed', path: 'a', cause: { type: 'takeover', died } })
const decision = { type: 'decision', decision: 'approved', by: { type: 'person', id: 'ada' } } as const

describe('folding a log', () => {
  it('ignores what it has seen and refuses a gap', () => {
    const log = logOf(created, { type: 'run.started' }, start('a'))
    const state = replay(log)
    for (const event of log) reduce(state, event)
    expect(state).toEqual(replay(log))
    expect(() => reduce(state, { ...log[2], seq: 5 } as RunEvent)).toThrow('gap')
  })

  it('counts the deaths of an attempt until it records a step', () => {
    const deaths = (...facts: Fact[]) => {
      const node = replay(logOf(created, start('a'), ...facts)).nodes.get('a')
      return node?.status === 'running' ? node.deaths : null
    }
    expect(deaths(takeover(true), takeover(true))).toBe(2)
    expect(deaths(takeover(true), takeover(false))).toBe(1)
    expect(deaths(takeover(true), takeover(true), step('a', 'm1'))).toBe(0)
    const failure = { code: 'network' as const, message: '' }
    const again: Fact = { type: 'node.retrying', path: 'a', attempt: 1, failure, retryAt: 0 }
    expect(deaths(takeover(true), again, start('a', 2))).toBe(0)
  })

  it('keeps what a node had resumed with when its process changes', () => {
    const waiting: Fact = {
      type: 'node.waiting',
      path: 'a',
      attempt: 1,
      wait: 1,
      waiting: { reason: 'timer', until: 0 },
    }
    const resumed: Fact = { type: 'node.resumed', path: 'a', cause: decision }
    const state = replay(logOf(created, start('a'), waiting, resumed, takeover(true)))
    expect(state.nodes.get('a')).toMatchObject({ status: 'running', resumed: decision, deaths: 1 })
    const done: Fact = { type: 'node.completed', path: 'a', attempt: 1, output: refTo(1), ports: ['out'] }
    const finished = replay(logOf(created, start('a'), waiting, resumed, takeover(true), done))
    expect(finished.nodes.get('a')).toMatchObject({ status: 'completed', decision: { by: { id: 'ada' } } })
  })

  it('adds up usage, but not again what a fork inherited', () => {
    const log = logOf(created, start('a'), step('a', 'm1'), step('a', 'm2'))
    expect(replay(log).usage).toEqual({ inputTokens: 6, outputTokens: 8, cost: 1, steps: 2 })
    const inherited = log.map((event) => ({ ...event, inherited: true as const }))
    expect(replay(inherited).usage.steps).toBe(0)
  })

  it('raises only the limits that a resume names', () => {
    const paused: Fact = { type: 'run.paused', reason: 'budget' }
    const state = replay(logOf(created, paused, { type: 'run.resumed', budget: { maxSteps: 9 } }))
    expect(state.budget).toEqual({ maxSteps: 9, maxCost: 1 })
  })

  it('never numbers a place of waiting twice, not even when a node starts anew', () => {
    const wait = (number: number): Fact => {
      return { type: 'node.waiting', path: 'a', attempt: 1, wait: number, waiting: { reason: 'timer', until: 0 } }
    }
    const cancelled: Fact[] = [{ type: 'node.cancelled', path: 'a' }, { type: 'run.cancelled' }]
    const log = logOf(created, start('a'), wait(1), ...cancelled, { type: 'run.resumed', restart: ['a'] })
    const state = replay(log)
    expect(state.nodes.has('a')).toBe(false)
    expect(state.waits.get('a')).toBe(1)
  })
})

describe('folding into a copy', () => {
  it('leaves every earlier copy as it was', () => {
    const log = logOf(created, start('a'), step('a', 'm1'), step('a', 'm2'), start('b'), step('b', 'm1'))
    const copies = [newRun()]
    for (const event of log) copies.push(foldEvents(copies.at(-1) ?? newRun(), [event]))
    copies.forEach((copy, count) => {
      expect(copy).toEqual(replay(log.slice(0, count)))
    })
  })

  it('keeps what did not change, so that a screen can compare by identity', () => {
    const log = logOf(created, start('a'), start('b'), step('b', 'm1'))
    const before = replay(log.slice(0, 3))
    const after = foldEvents(before, log.slice(3))
    expect(after.nodes.get('a')).toBe(before.nodes.get('a'))
    expect(after.nodes.get('b')).toBe(before.nodes.get('b'))
  })
})

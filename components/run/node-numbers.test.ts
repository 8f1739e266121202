import { describe, expect, it } from 'vitest'
import type { Fact } from '@/engine/run/events'
import { replay } from '@/engine/run/reduce'
import { durationOf, isSimulated, usageOf } from './node-numbers'

const ref = { hash: 'h', size: 3, inline: 'x' }
const call = (step: string, cost: number | null, simulated = false): Fact => ({
  type: 'step.completed',
  path: 'write',
  step,
  kind: 'model',
  result: ref,
  startedAt: 0,
  simulated,
  usage: { inputTokens: 10, outputTokens: 5, cost, steps: 1 },
})
const stateAfter = (...facts: Fact[]) =>
  replay(facts.map((fact, index) => ({ ...fact, seq: index + 1, at: index * 100 })))
const started: Fact = { type: 'node.started', path: 'write', attempt: 1 }

describe('what a node used up', () => {
  it('is the sum of its recorded steps, and unknown as soon as one price is', () => {
    expect(usageOf(stateAfter(started, call('m1', 0.5), call('m2', 0.25)), 'write')).toEqual({
      inputTokens: 20,
      outputTokens: 10,
      cost: 0.75,
      steps: 2,
    })
    expect(usageOf(stateAfter(started, call('m1', 0.5), call('m2', null)), 'write')?.cost).toBeNull()
    expect(usageOf(stateAfter(started), 'write')).toBeNull()
  })

  it('says when the built-in model answered at least once', () => {
    expect(isSimulated(stateAfter(started, call('m1', 0), call('m2', 0, true)), 'write')).toBe(true)
    expect(isSimulated(stateAfter(started, call('m1', 0)), 'write')).toBe(false)
  })

  it('takes as long as it took, or until now', () => {
    const done: Fact = { type: 'node.completed', path: 'write', attempt: 1, output: ref, ports: ['out'] }
    expect(durationOf(stateAfter(started, done).nodes.get('write'), 9_999)).toBe(100)
    expect(durationOf(stateAfter(started).nodes.get('write'), 700)).toBe(700)
    expect(durationOf(undefined, 700)).toBeNull()
  })
})

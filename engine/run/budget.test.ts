import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addEstimate, type Budget, checkBudget, type Estimate, noReserve, tighter, withoutEstimate } from './budget'

const usage = { inputTokens: 60, outputTokens: 20, cost: 0.5, steps: 4 }
const reserved = { tokens: 10, cost: 0.2, steps: 1 }
const spending = { usage, reserved, seconds: 30 }
const call = { tokens: 10, cost: 0.1, steps: 1 }

const cases: [string, Budget, Partial<Estimate>, string | null][] = [
  ['no limit', {}, {}, null],
  ['tokens that are just enough', { maxTokens: 100 }, {}, null],
  ['one token too many, counting what is reserved', { maxTokens: 99 }, {}, 'maxTokens'],
  ['steps that are just enough', { maxSteps: 6 }, {}, null],
  ['one step too many', { maxSteps: 5 }, {}, 'maxSteps'],
  ['a tool call, which needs no tokens, when tokens are used up', { maxTokens: 90 }, { tokens: 0 }, null],
  ['money that is enough', { maxCost: 0.9 }, {}, null],
  ['too little money', { maxCost: 0.75 }, {}, 'maxCost'],
  ['an unknown price without a limit in money', { maxTokens: 1_000 }, { cost: null }, null],
  ['an unknown price with a limit in money', { maxCost: 1_000 }, { cost: null }, 'price_unknown'],
  ['time left', { maxSeconds: 31 }, {}, null],
  ['no time left', { maxSeconds: 30 }, {}, 'maxSeconds'],
  ['a limit of zero', { maxSteps: 0 }, {}, 'maxSteps'],
]

describe('a budget', () => {
  it.each(cases)('with %s', (_, budget, wanted, expected) => {
    const breach = checkBudget(budget, spending, { ...call, ...wanted })
    expect(breach && (breach.type === 'hit' ? breach.limit : breach.type)).toBe(expected)
  })

  it('says what was used, wanted and allowed', () => {
    const breach = checkBudget({ maxTokens: 95 }, spending, call)
    expect(breach).toEqual({ type: 'hit', limit: 'maxTokens', used: 90, wanted: 10, max: 95 })
  })

  it('lets nothing through once something of unknown price was used', () => {
    const unknown = { ...spending, usage: { ...usage, cost: null } }
    expect(checkBudget({ maxCost: 100 }, unknown, call)).toEqual({ type: 'price_unknown' })
  })

  it('gives back exactly what was reserved, in whatever order calls end, unknown prices among them', () => {
    const estimate = fc.record({ tokens: fc.nat(99), cost: fc.option(fc.nat(99)), steps: fc.nat(9) })
    fc.assert(
      fc.property(fc.array(estimate), (calls) => {
        const full = calls.reduce(addEstimate, noReserve)
        expect(full.cost).toBe(calls.reduce((sum, { cost }) => sum + (cost ?? 0), 0))
        expect([...calls].reverse().reduce(withoutEstimate, full)).toEqual(noReserve)
      }),
    )
  })
})

it('of two budgets the smaller limit of each kind holds, and one that only one of them has stays', () => {
  expect(tighter({ maxTokens: 10, maxCost: 2 }, { maxTokens: 30, maxCost: 1, maxSteps: 4 })).toEqual({
    maxTokens: 10,
    maxCost: 1,
    maxSteps: 4,
  })
})

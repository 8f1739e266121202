import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ModelAnswer } from '@/engine/model/types'
import { answersWith, says } from '../testing/answers'
import { enter, nodeContext } from '../testing/context'
import { type Desk, openDesk } from '../testing/desk'
import { gateRun } from './run'
import { gateSpec } from './spec'

const run = (checks: readonly object[], desk: Desk = openDesk({}), attempt = 1) =>
  enter(
    gateRun,
    nodeContext(gateSpec, { config: { checks }, desk, attempt, input: 'Some text', values: { a: { n: 5 } } }),
  )
const answering = (...answers: readonly ModelAnswer[]) =>
  openDesk({ model: (_, step) => answers[Number(step.slice(1)) - 1] ?? says('no more') })
const rubric = { type: 'rubric', rubric: 'Is {{ a.n }} named?', threshold: 0.5 }

describe('a gate', () => {
  it('of rules alone answers at once, as its spec says', () => {
    const config = { checks: [{ type: 'rule', expression: 'a.n > 4' }] }
    expect(gateSpec.work(gateSpec.config.parse(config))).toBe('inline')
    if (gateRun.type !== 'node') throw new Error('a gate is no box')
    const context = nodeContext(gateSpec, { config, desk: openDesk({}), values: { a: { n: 5 } } })
    const outcome = gateRun.run(context as never)
    expect(outcome).toEqual({ pass: true, ports: ['pass'], detail: { score: 1, reasons: [] } })
  })

  it('passes when every rule holds, and scores the share that does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }), async (truths) => {
        const checks = truths.map((truth, index) => ({
          type: 'rule',
          expression: String(truth),
          message: `no ${index}`,
        }))
        const held = truths.filter((truth) => truth).length
        const reasons = truths.flatMap((truth, index) => (truth ? [] : [`no ${index}`]))
        expect(await run(checks)).toEqual({
          pass: true,
          ports: [held === truths.length ? 'pass' : 'fail'],
          detail: { score: Math.round((held / truths.length) * 10_000) / 10_000, reasons },
        })
      }),
    )
  })

  it('has a model grade what arrives, or what it is told to, by the rubric', async () => {
    const desk = answering(answersWith({ score: 0.5, reason: 'Half.' }), answersWith({ score: 0.4, reason: 'Less.' }))
    const outcome = await run([rubric, { ...rubric, of: 'n={{ a.n }}', model: 'smart' }], desk)
    expect(outcome).toEqual({ pass: true, ports: ['fail'], detail: { score: 0.45, reasons: ['Half.', 'Less.'] } })
    expect(desk.requests.get('m1')?.messages[0]?.content).toContain('Is 5 named?')
    expect(desk.requests.get('m1')?.messages[1]?.content).toBe('Some text')
    expect(desk.requests.get('m2')).toMatchObject({ model: 'smart', messages: [{}, { content: 'n=5' }] })
  })

  it('asks again for a grade that is none, and a later attempt goes on behind it', async () => {
    const desk = answering(answersWith({ score: 7, reason: '' }), says('?'), answersWith({ score: 1, reason: 'Fine.' }))
    await expect(run([rubric], desk)).rejects.toMatchObject({ failure: { code: 'invalid_output' } })
    expect(await run([rubric], desk, 2)).toMatchObject({ ports: ['pass'], detail: { score: 1 } })
    expect(desk.done).toEqual(['m1', 'm2', 'm3'])
  })
})

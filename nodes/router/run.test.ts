import { describe, expect, it } from 'vitest'
import { answersWith, says } from '../testing/answers'
import { enter, nodeContext } from '../testing/context'
import { openDesk } from '../testing/desk'
import { routerRun } from './run'
import { routerSpec } from './spec'

const rules = {
  routes: [
    { name: 'big', when: 'start.n > 100' },
    { name: 'some', when: 'start.n > 0' },
    { name: 'many', when: 'start.n > 50' },
  ],
}

describe('a router with rules', () => {
  it.each([
    [500, 'big'],
    [60, 'some'],
    [1, 'some'],
    [0, 'otherwise'],
    [null, 'otherwise'],
  ])('takes the first way that is true: %s goes to %s', async (n, route) => {
    const condition = n === null ? { routes: [{ name: 'big', when: 'start.n == 1' }] } : rules
    const context = nodeContext(routerSpec, { config: condition, values: { start: { n } } })
    expect(await enter(routerRun, context)).toEqual({ pass: true, ports: [route], detail: { route } })
  })
})

describe('a router with a model', () => {
  const config = {
    mode: 'model',
    routes: [{ name: 'refund', description: 'Wants money back' }, { name: 'praise' }],
  }

  it('takes the way that the model names and keeps its reason', async () => {
    const desk = openDesk({ model: () => answersWith({ route: 'refund', reason: 'Asks for money.' }) })
    const outcome = await enter(routerRun, nodeContext(routerSpec, { config, desk, input: 'Give it back' }))
    expect(outcome).toEqual({ pass: true, ports: ['refund'], detail: { route: 'refund', reason: 'Asks for money.' } })
    const asked = desk.requests.get('m1')
    expect(asked?.messages[0]?.content).toContain('- refund: Wants money back')
    expect(asked?.messages[1]).toEqual({ role: 'user', content: 'Give it back' })
  })

  it('asks once more when the model names another way, then fails', async () => {
    const desk = openDesk({ model: () => answersWith({ route: 'elsewhere', reason: '' }) })
    const entered = enter(routerRun, nodeContext(routerSpec, { config, desk }))
    await expect(entered).rejects.toMatchObject({ failure: { code: 'invalid_output' } })
    expect(desk.done).toEqual(['m1', 'm2'])
    const refusing = openDesk({ model: () => says('', { finish: 'refused' }) })
    const refused = enter(routerRun, nodeContext(routerSpec, { config, desk: refusing }))
    await expect(refused).rejects.toMatchObject({ failure: { code: 'model_refused' } })
  })
})

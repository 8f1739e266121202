import { expect, test } from 'vitest'
import { needsOf } from './needs'

const node = (kind: string, config: object) => ({ id: kind, kind, config: JSON.parse(JSON.stringify(config)) })

test('what a template needs is read from its nodes: models, tools, secrets at any depth, and people', () => {
  const graph = {
    nodes: [
      node('agent', { model: 'smart', tools: ['http', 'calculator'], instructions: 'Keep the secret' }),
      node('router', { model: 'fast' }),
      node('http', { headers: { authorization: { secret: 'crm_key' } }, body: [{ a: { secret: 'other' } }] }),
      node('tool', { tool: 'calculator' }),
      node('approval', { title: 'Go on?' }),
    ],
    roles: { critic: { model: 'smart' }, reader: {} },
  }
  expect(needsOf(graph)).toEqual({
    models: ['fast', 'smart'],
    secrets: ['crm_key', 'other'],
    tools: ['calculator', 'http'],
    asksPeople: true,
  })
})

test('an agent that names no model takes that of its role, else the default one', () => {
  const roles = { critic: { model: 'smart' } }
  expect(needsOf({ nodes: [node('agent', {})], roles }).models).toEqual(['default', 'smart'])
  expect(needsOf({ nodes: [node('agent', { role: 'critic' })], roles }).models).toEqual(['smart'])
})

test('a template that needs nothing says so', () => {
  expect(needsOf({ nodes: [node('input', {}), node('output', { value: '{{ start.topic }}' })] })).toEqual({
    models: [],
    secrets: [],
    tools: [],
    asksPeople: false,
  })
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { outputOf } from './testing/check-log'
import { openPlace, type Place } from './testing/place'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place.close())

const chain = (n: number) => ({
  baton: 1,
  name: 'chain',
  nodes: [
    { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text', required: true }] } },
    ...Array.from({ length: n }, (_, i) => ({
      id: `t${i}`,
      kind: 'transform',
      config: { template: i === 0 ? '{{ start.topic }}.' : `{{ t${i - 1} }}.`, as: 'text' },
    })),
    { id: 'done', kind: 'output', config: { value: `{{ t${n - 1} }}` } },
  ],
  edges: [
    { source: 'start', target: 't0' },
    ...Array.from({ length: n - 1 }, (_, i) => ({ source: `t${i}`, target: `t${i + 1}` })),
    { source: `t${n - 1}`, target: 'done' },
  ],
})

it('runs a chain', async () => {
  const { state } = await place.check(await place.run(chain(10), { topic: 'tea' }))
  expect(outputOf(state)).toBe('tea..........')
  expect(place.reports).toEqual([])
})

it('runs agents in a team', async () => {
  const graph = {
    baton: 1,
    name: 'team',
    nodes: [
      { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text', required: true }] } },
      { id: 'crew', kind: 'team', config: { mode: 'supervisor', goal: 'Write about {{ start.topic }}', lead: 'lead' } },
      { id: 'lead', kind: 'agent', parent: 'crew', config: { instructions: 'You lead.' } },
      { id: 'coder', kind: 'agent', parent: 'crew', config: { instructions: 'You write code.' } },
      { id: 'each', kind: 'map', config: { items: '[1,2,3,4]', concurrency: 2 } },
      {
        id: 'twice',
        kind: 'transform',
        parent: 'each',
        config: { template: { n: '{{ item }}', i: '{{ index }}' }, as: 'json' },
      },
      { id: 'done', kind: 'output', config: { value: { text: '{{ crew.text }}', list: '{{ each }}' } } },
    ],
    edges: [
      { source: 'start', target: 'crew' },
      { source: 'start', target: 'each' },
      { source: 'crew', target: 'done' },
      { source: 'each', target: 'done' },
    ],
  }
  const { state } = await place.check(await place.run(graph, { topic: 'tea' }))
  expect(outputOf(state)).toMatchObject({
    text: expect.stringContaining('Tea'),
    list: [1, 2, 3, 4].map((n, i) => ({ n, i })),
  })
  expect(place.reports).toEqual([])
})

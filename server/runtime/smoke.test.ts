import { afterAll, beforeAll, expect, it } from 'vitest'
import { isInline } from '@/engine/payload'
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
  const id = await place.run(chain(10), { topic: 'tea' })
  const state = await place.runtime.read(id)
  console.log(state?.run, state?.seq, place.reports)
  expect(state?.run.status).toBe('completed')
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
      { id: 'twice', kind: 'transform', parent: 'each', config: { template: { n: '{{ item }}', i: '{{ index }}' }, as: 'json' } },
      { id: 'done', kind: 'output', config: { value: { text: '{{ crew.text }}', list: '{{ each }}' } } },
    ],
    edges: [
      { source: 'start', target: 'crew' },
      { source: 'start', target: 'each' },
      { source: 'crew', target: 'done' },
      { source: 'each', target: 'done' },
    ],
  }
  const id = await place.run(graph, { topic: 'tea' })
  const state = await place.runtime.read(id)
  console.log(place.reports, (await place.runtime.read(id))?.seq, [...place.runtime.fleet.drives.values()].map((d) => [d.closed, d.state.seq, d.written, d.working.size, d.state.nodes]))
  const output = state?.run.status === 'completed' && isInline(state.run.output) ? state.run.output.inline : state?.run
  console.log(JSON.stringify(output, null, 1), [...(state?.nodes.keys() ?? [])])
  expect(state?.run.status).toBe('completed')
})

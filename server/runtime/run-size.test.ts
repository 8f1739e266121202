import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import { outputOf } from './testing/check-log'
import { openPlace, type Place } from './testing/place'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place.close())

/** For each of the outer items one map over the inner ones. */
const nested: Json = {
  baton: 1,
  name: 'Nested',
  nodes: [
    { id: 'start', kind: 'input', config: { fields: ['outer', 'inner'].map((name) => ({ name, type: 'json' })) } },
    { id: 'each', kind: 'map', config: { items: 'start.outer', concurrency: 60 } },
    { id: 'all', kind: 'map', parent: 'each', config: { items: 'start.inner' } },
    { id: 'say', kind: 'transform', parent: 'all', config: { template: '{{ item }}', as: 'text' } },
    { id: 'done', kind: 'output', config: { value: '{{ each | size }}' } },
  ],
  edges: [
    { source: 'start', target: 'each' },
    { source: 'each', target: 'done' },
  ],
}
const list = (length: number) => Array.from({ length }, (_, n) => n)

describe('maps in maps', () => {
  it('fail before they are more than a process can hold', async () => {
    const runId = await place.run(nested, { outer: list(60), inner: list(10_000) })
    const { state, events } = await place.check(runId)
    expect(state.run).toMatchObject({ status: 'failed', failure: { code: 'too_many_items' } })
    expect(events.length).toBeLessThan(100_000)
  })

  it('are done where they are not', async () => {
    const runId = await place.run(nested, { outer: list(20), inner: list(20) })
    expect(outputOf((await place.check(runId)).state)).toBe('20')
  })
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { longestTurn } from '@/e2e/testing/longest-turn'
import type { RunState } from '@/engine/run/state'
import { outputOf } from './testing/check-log'
import { openPlace, type Place } from './testing/place'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place.close())

/** Nodes beside each other that only compute, and each of which takes its time. */
const wide = (width: number) => {
  const ids = Array.from({ length: width }, (_, index) => `n${index}`)
  const template = `{{ start.text ${'| upcase | downcase '.repeat(6)}}}`
  return {
    baton: 1,
    name: 'Wide',
    nodes: [
      { id: 'start', kind: 'input', config: { fields: [{ name: 'text', type: 'text' }] } },
      ...ids.map((id) => ({ id, kind: 'transform', config: { template } })),
      { id: 'done', kind: 'output', config: { value: '{{ n0 | size }} {{ n1 | size }}' } },
    ],
    edges: ids.flatMap((id) => [
      { source: 'start', target: id },
      { source: id, target: 'done' },
    ]),
  }
}
const isOver = ({ run }: RunState) => run.status === 'completed'

it('a run of many slow nodes lets the others have their turn every few milliseconds', async () => {
  const text = 'word '.repeat(40_000)
  const run = async () => {
    const runId = await place.begin(wide(150), { text })
    const state = await place.reach(runId, isOver)
    expect(outputOf(state)).toBe(`${text.length} ${text.length}`)
    await place.check(runId)
  }
  await run()
  expect(await longestTurn(run)).toBeLessThan(120)
})

it('a run that is cancelled between two turns performs nothing more of what was due', async () => {
  const runId = await place.begin(wide(600), { text: 'word '.repeat(40_000) })
  await place.send(runId, { type: 'cancel' })
  const state = await place.reach(runId, ({ run }) => run.status === 'cancelled')
  const done = [...state.nodes.values()].filter(({ status }) => status === 'completed').length
  expect(done).toBeLessThan(600)
  await place.check(runId)
  await place.send(runId, { type: 'retry' })
  await place.reach(runId, isOver)
  await place.check(runId)
})

it('a run whose last turn was long and that now waits for a person is known to wait', async () => {
  const message = '{% for n in (1..6000) %}{{ n }}{% endfor %}'
  const graph = {
    baton: 1,
    name: 'Slow',
    nodes: [
      { id: 'start', kind: 'input', config: { fields: [{ name: 'text', type: 'text' }] } },
      { id: 'ask', kind: 'approval', config: { title: 'Fine?', message } },
    ],
    edges: [{ source: 'start', target: 'ask' }],
  }
  const runId = await place.begin(graph, { text: '' })
  const statusOf = async () =>
    (await place.pool.query<{ status: string }>('select status from run where id = $1', [runId])).rows[0]?.status
  await expect.poll(statusOf, { timeout: 5_000 }).toBe('waiting')
})

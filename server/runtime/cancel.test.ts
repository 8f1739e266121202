import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import type { RunState } from '@/engine/run/state'
import { statusOf } from '@/engine/run/summary'
import { until } from '@/server/db/embedded/process'
import { agent, approval, chain, transform } from './testing/small-graphs'
import { openStage, type Stage } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({
    script: ({ body }) =>
      JSON.stringify(body).includes('broken') ? { kind: 'error', status: 503 } : { kind: 'stall', afterTokens: 3 },
  })
})
afterAll(() => stage.close())

async function expectCancelled(runId: string): Promise<RunState> {
  const { place } = stage
  const began = performance.now()
  expect(await place.send(runId, { type: 'cancel', reason: 'Enough' })).toEqual({ type: 'accepted' })
  const state = await place.reach(runId, ({ run }) => run.status === 'cancelled')
  expect(performance.now() - began).toBeLessThan(1_000)
  expect(state.run).toMatchObject({ status: 'cancelled', by: { name: 'Ada' }, reason: 'Enough' })
  await until(() => !place.runtime.fleet.drives.has(runId), 2_000)
  expect(place.runtime.fleet.drives.has(runId)).toBe(false)
  await place.check(runId)
  return state
}

const reached = (status: string) => (state: RunState) => statusOf(state) === status

const waiting: [string, Json][] = [
  ['waits for a person', chain([approval('gate')], { ports: { gate: 'approved' } })],
  ['waits for a timer', chain([{ id: 'pause', kind: 'wait', config: { seconds: 3_600 } }])],
  [
    'waits for its next attempt',
    chain([agent('a', 'broken', { retry: { max: 5, delayMs: 60_000, backoff: 'fixed' } })]),
  ],
]

describe('cancel within a second', () => {
  it.each(waiting)('a run that %s', async (_, graph) => {
    const runId = await stage.place.begin(graph)
    await stage.place.reach(runId, reached('waiting'))
    const state = await expectCancelled(runId)
    expect([...state.nodes.values()].filter(({ status }) => status === 'cancelled')).toHaveLength(1)
  })

  it('a run in the middle of a model stream that says nothing more', async () => {
    const { place, models } = stage
    const runId = await place.begin(chain([agent('a')]))
    const deltas: string[] = []
    const stop = place.runtime.watch(runId, (message) => message.type === 'delta' && deltas.push(message.text))
    await until(() => models.requests.some(({ headers }) => headers['idempotency-key']?.startsWith(runId)), 5_000)
    const before = models.aborted()
    await expectCancelled(runId)
    stop()
    // Nobody goes on paying for words that are not wanted.
    await until(() => models.aborted() > before, 2_000)
    expect(models.aborted()).toBeGreaterThan(before)
  })

  it('a run that computes without a pause', async () => {
    const nodes = [
      { id: 'again', kind: 'loop', config: { until: 'false', maxIterations: 10_000, onLimit: 'continue' } },
      { ...transform('t', '{{ iteration }}'), parent: 'again' },
    ]
    const runId = await stage.place.begin(chain(nodes))
    await stage.place.reach(runId, (state) => state.nodes.size > 20)
    await expectCancelled(runId)
  })

  it('a run that is paused', async () => {
    const { place } = stage
    const runId = await place.begin(chain([approval('gate')], { ports: { gate: 'approved' } }))
    await place.reach(runId, reached('waiting'))
    await place.send(runId, { type: 'pause' })
    await place.reach(runId, reached('paused'))
    await expectCancelled(runId)
  })

  it('a run that nobody has room for yet', async () => {
    const full = await openStage({
      script: () => ({ kind: 'stall', afterTokens: 1 }),
      runtime: { works: true, limits: { runs: 1, runsPerWorkspace: 1 } },
    })
    const first = await full.place.begin(chain([agent('a')]))
    const second = await full.place.begin(chain([agent('a')]))
    expect((await full.place.runtime.read(second))?.run.status).toBe('queued')
    const began = performance.now()
    expect(await full.place.send(second, { type: 'cancel' })).toEqual({ type: 'accepted' })
    await full.place.reach(second, reached('cancelled'))
    expect(performance.now() - began).toBeLessThan(1_000)
    await full.place.send(first, { type: 'cancel' })
    await full.place.reach(first, reached('cancelled'))
    await full.close()
  })

  it('and a retry sent at once: what the cancelled attempt was doing is stopped and never heard of again', async () => {
    const { place, models } = stage
    const runId = await place.begin(chain([agent('a')]))
    const asked = () => models.requests.filter(({ headers }) => headers['idempotency-key']?.startsWith(runId)).length
    await until(() => asked() === 1, 5_000)
    const [cancelled, retried] = await Promise.all([
      place.send(runId, { type: 'cancel' }),
      until(async () => (await place.send(runId, { type: 'retry' })).type === 'accepted', 5_000),
    ])
    expect(cancelled).toEqual({ type: 'accepted' })
    expect(retried).toBe(true)
    await until(() => asked() === 2, 5_000)
    const state = await place.reach(runId, reached('running'))
    expect(state.nodes.get('a')).toMatchObject({ status: 'running' })
    await place.check(runId)
    await expectCancelled(runId)
  })

  it('twice is told that it is cancelled', async () => {
    const { place } = stage
    const runId = await place.begin(chain([approval('gate')], { ports: { gate: 'approved' } }))
    await place.reach(runId, reached('waiting'))
    await expectCancelled(runId)
    expect(await place.send(runId, { type: 'cancel' })).toEqual({ type: 'wrong_state', status: 'cancelled' })
    expect(await place.send(runId, { type: 'decide', path: 'gate', decision: 'approved' })).toMatchObject({
      type: 'already_decided',
      decision: 'cancelled',
      by: { name: 'Ada' },
    })
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RunState } from '@/engine/run/state'
import { statusOf } from '@/engine/run/summary'
import { outputOf } from './testing/check-log'
import { agent, approval, chain, transform } from './testing/small-graphs'
import { openStage, type Stage } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())
beforeEach(() => stage.models.script(() => ({ kind: 'text', text: 'Fine.' })))

const reached = (status: string) => (state: RunState) => statusOf(state) === status
const callsOf = (runId: string) =>
  stage.models.requests.filter(({ headers }) => headers['idempotency-key']?.startsWith(runId)).length
const three = [agent('one'), agent('two', 'After {{ one.text }}'), agent('three', 'After {{ two.text }}')]

describe('a run that is paused by a person', () => {
  it('finishes the call under way, begins no other, and goes on where it stopped', async () => {
    const { place, models } = stage
    models.script(() => ({ kind: 'text', text: 'Fine.', firstTokenMs: 100 }))
    const runId = await place.begin(chain(three, { value: '{{ three.text }}' }))
    await place.reach(runId, ({ nodes }) => nodes.get('one')?.status === 'running')
    expect(await place.send(runId, { type: 'pause' })).toEqual({ type: 'accepted' })
    const paused = await place.reach(
      runId,
      (state) => reached('paused')(state) && state.nodes.get('one')?.status === 'completed',
    )
    expect(paused.nodes.has('two')).toBe(false)
    expect(callsOf(runId)).toBe(1)
    expect(await place.send(runId, { type: 'pause' })).toEqual({ type: 'wrong_state', status: 'paused' })
    await place.send(runId, { type: 'resume' })
    await place.reach(runId, reached('completed'))
    expect(callsOf(runId)).toBe(3)
  })
})

describe('a retry of a run that failed', () => {
  it('goes on behind the steps that are recorded: none is paid again', async () => {
    const { place, models } = stage
    models.script(({ body }) =>
      JSON.stringify(body).includes('After Fine.')
        ? { kind: 'error', status: 400, message: 'no' }
        : { kind: 'text', text: 'Fine.' },
    )
    const runId = await place.run(chain(three, { value: '{{ three.text }}' }))
    expect((await place.runtime.read(runId))?.run).toMatchObject({ status: 'failed', path: 'two' })
    expect(callsOf(runId)).toBe(2)
    models.script(() => ({ kind: 'text', text: 'Good now.' }))
    expect(await place.send(runId, { type: 'retry' })).toEqual({ type: 'accepted' })
    const state = await place.reach(runId, reached('completed'))
    expect(outputOf(state)).toBe('Good now.')
    expect(callsOf(runId)).toBe(4)
    await place.check(runId)
    expect(await place.send(runId, { type: 'retry' })).toEqual({ type: 'wrong_state', status: 'completed' })
  })
})

describe('a budget', () => {
  const limits = [
    { budget: { maxTokens: 4_300 }, raised: { maxTokens: 100_000 }, reason: 'budget', calls: 1 },
    { budget: { maxSteps: 2 }, raised: { maxSteps: 3 }, reason: 'budget', calls: 2 },
    { budget: { maxCost: 1 }, raised: {}, reason: 'price_unknown', calls: 0 },
  ]
  it.each(limits)(
    '$budget pauses the run before the call that would break it',
    async ({ budget, raised, reason, calls }) => {
      const { place } = stage
      const usage = { prompt_tokens: 150, completion_tokens: 100 }
      stage.models.script(() => ({ kind: 'text', text: 'Fine.', usage }))
      const runId = await place.run(chain(three, { value: '{{ three.text }}' }), {}, { budget })
      expect((await place.runtime.read(runId))?.run).toMatchObject({ status: 'paused', reason })
      expect(callsOf(runId)).toBe(calls)
      await place.send(runId, { type: 'resume', ...(Object.keys(raised).length > 0 ? { budget: raised } : {}) })
      if (reason === 'price_unknown') {
        await place.reach(runId, (state) => state.seq > 4 && reached('paused')(state))
        expect(callsOf(runId)).toBe(0)
        return
      }
      await place.reach(runId, reached('completed'))
      expect(callsOf(runId)).toBe(3)
      await place.check(runId)
    },
  )

  it('of time pauses the run when it is used up', async () => {
    const { place, models } = stage
    models.script(() => ({ kind: 'text', text: 'Fine.', firstTokenMs: 60 }))
    const runId = await place.run(chain(three), {}, { budget: { maxSeconds: 0.05 } })
    expect((await place.runtime.read(runId))?.run).toMatchObject({ status: 'paused', reason: 'budget' })
    expect(callsOf(runId)).toBe(1)
    await place.send(runId, { type: 'resume', budget: { maxSeconds: 3_600 } })
    await place.reach(runId, reached('completed'))
  })

  it('holds for calls at the same time: together they can not break it', async () => {
    const { place, models } = stage
    models.script(() => ({ kind: 'text', text: 'Fine.', firstTokenMs: 30 }))
    const nodes = [
      { id: 'each', kind: 'map', config: { items: '[1,2,3,4,5,6,7,8]', concurrency: 8 } },
      { ...agent('one'), parent: 'each' },
    ]
    const runId = await place.run(chain(nodes), {}, { budget: { maxSteps: 3 } })
    await place.reach(runId, (state) => state.usage.steps === 3)
    expect(callsOf(runId)).toBe(3)
    await place.send(runId, { type: 'resume', budget: { maxSteps: 8 } })
    await place.reach(runId, reached('completed'))
    expect(callsOf(runId)).toBe(8)
  })
})

describe('an agent', () => {
  it('that makes the same call again and again is stopped', async () => {
    const { place, models } = stage
    models.script(() => ({ kind: 'tools', calls: [{ name: 'calculator', arguments: '{"expression":"1+1"}' }] }))
    const node = agent('one', 'Count', { retry: { max: 0 } })
    const runId = await place.run(chain([{ ...node, config: { ...node.config, tools: ['calculator'] } }]))
    expect((await place.runtime.read(runId))?.run).toMatchObject({ status: 'failed', failure: { code: 'loop_guard' } })
  })
})

describe('an attempt', () => {
  it('that takes too long is cut off, and the next one is a new one', async () => {
    const { place, models } = stage
    models.script((_, n) => (n === 0 ? { kind: 'stall', afterTokens: 0 } : { kind: 'text', text: 'At last.' }))
    const runId = await place.run(
      chain([agent('one', 'Hurry', { timeoutSeconds: 0.15, retry: { max: 1, delayMs: 10, backoff: 'fixed' } })], {
        value: '{{ one.text }}',
      }),
    )
    const { state, events } = await place.check(runId)
    expect(outputOf(state)).toBe('At last.')
    expect(events.map(({ type }) => type)).toEqual([
      'run.created',
      'run.started',
      'node.completed',
      'node.started',
      'step.failed',
      'node.retrying',
      'node.started',
      'step.completed',
      'node.completed',
      'node.completed',
      'run.completed',
    ])
  })

  it('waits as long as the endpoint asks for, and not shorter', async () => {
    const { place, models } = stage
    models.script((_, n) =>
      n === 0 ? { kind: 'error', status: 429, retryAfter: '3' } : { kind: 'text', text: 'Now.' },
    )
    const runId = await place.begin(chain([agent('one', 'Now?', { retry: { max: 1, delayMs: 1, backoff: 'fixed' } })]))
    const state = await place.reach(runId, reached('waiting'))
    const node = state.nodes.get('one')
    if (node?.status !== 'retrying') throw new Error('not retrying')
    expect(node.retryAt - node.startedAt).toBeGreaterThanOrEqual(2_990)
    await place.reach(runId, reached('completed'))
    expect(callsOf(runId)).toBe(2)
  })

  it('grows its delay and says when it comes', async () => {
    const { place, models } = stage
    models.script((_, n) => (n < 3 ? { kind: 'error', status: 500 } : { kind: 'text', text: 'Now.' }))
    const runId = await place.run(
      chain([agent('one', 'Now?', { retry: { max: 3, delayMs: 40, backoff: 'exponential' } })]),
    )
    const { events } = await place.check(runId)
    const delays = events.flatMap((event) => (event.type === 'node.retrying' ? [event.retryAt - event.at] : []))
    expect(delays).toHaveLength(3)
    delays.forEach((delay, n) => {
      expect(delay).toBeGreaterThanOrEqual(35 * 2 ** n)
      expect(delay).toBeLessThanOrEqual(45 * 2 ** n)
    })
  })
})

it('a person can decide while other branches are still at work', async () => {
  const { place, models } = stage
  models.script(() => ({ kind: 'text', text: 'Fine.', firstTokenMs: 1_500 }))
  const graph = {
    baton: 1,
    name: 'both',
    nodes: [
      { id: 'start', kind: 'input', config: { fields: [] } },
      agent('slow'),
      approval('gate'),
      { id: 'done', kind: 'output', config: { value: '{{ gate.decision }}' } },
    ],
    edges: [
      { source: 'start', target: 'slow' },
      { source: 'start', target: 'gate' },
      { source: 'slow', target: 'done' },
      { source: 'gate', sourcePort: 'approved', target: 'done' },
    ],
  }
  const runId = await place.begin(graph)
  await place.reach(runId, ({ nodes }) => nodes.get('gate')?.status === 'waiting')
  expect(await place.send(runId, { type: 'decide', path: 'gate', decision: 'approved' })).toEqual({ type: 'accepted' })
  const state = await place.reach(runId, ({ nodes }) => nodes.get('gate')?.status === 'completed')
  expect(state.nodes.get('slow')?.status).toBe('running')
  expect(outputOf(await place.reach(runId, reached('completed')))).toBe('approved')
})

it('large values are kept beside the log, and read again', async () => {
  const { place } = stage
  const long = 'x'.repeat(20_000)
  const runId = await place.run(chain([transform('a', long), transform('b', '{{ a }}!')]))
  const { state } = await place.check(runId)
  expect(state.run).toMatchObject({ status: 'completed', output: { size: 20_003 } })
})

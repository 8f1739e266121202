import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import type { RunEvent } from '@/engine/run/events'
import { outputOf } from './testing/check-log'
import { agent, approval, chain } from './testing/small-graphs'
import { openStage, type Stage } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())
beforeEach(() => stage.models.script((_, n) => ({ kind: 'text', text: `Words ${n}.` })))

const graph = (prompt: string): Json =>
  chain(
    [
      agent('one', prompt),
      { id: 'send', kind: 'http', config: { method: 'POST', url: stage.sink.url, body: { said: '{{ one.text }}' } } },
      { id: 'rest', kind: 'wait', config: { seconds: 0.05 } },
      approval('gate', { message: '{{ one.text }}' }),
      agent('two', 'After {{ one.text }}'),
    ],
    { value: '{{ two.text }} {{ gate.by.name }}', ports: { gate: 'approved' } },
  )

async function recordOne(mode?: 'record'): Promise<string> {
  const { place } = stage
  const runId = await place.begin(graph('Say it'), {}, mode ? { cassette: { mode } } : {})
  await place.reach(runId, ({ nodes }) => nodes.get('gate')?.status === 'waiting')
  await place.send(runId, { type: 'decide', path: 'gate', decision: 'approved' })
  await place.reach(runId, ({ run }) => run.status === 'completed')
  return runId
}

/** What two runs of the same story have in common. */
const story = (events: readonly RunEvent[]) =>
  events.map((event) =>
    JSON.parse(
      JSON.stringify(event, (key, value) =>
        ['at', 'startedAt', 'until', 'idempotencyKey', 'taken', 'request'].includes(key) ? undefined : value,
      ),
    ),
  )

describe('a replay', () => {
  it('makes no call, asks nobody, waits for nothing, and tells the same story', async () => {
    const { place, models, arrived } = stage
    const recorded = await recordOne()
    const before = [models.requests.length, arrived.length]
    const replayed = await place.run(graph('Say it'), {}, { cassette: { mode: 'replay', runId: recorded } })
    expect([models.requests.length, arrived.length]).toEqual(before)
    const [first, second] = await Promise.all([place.check(recorded), place.check(replayed)])
    expect(outputOf(second.state)).toBe(outputOf(first.state))
    expect(story(second.events)).toEqual(story(first.events))
  })

  it.each([undefined, 'record'] as const)(
    'of something else fails, naming the field that differs (mode %s)',
    async (mode) => {
      const { place, models } = stage
      const recorded = await recordOne(mode)
      const before = models.requests.length
      const replayed = await place.run(
        graph('Say it differently'),
        {},
        { cassette: { mode: 'replay', runId: recorded } },
      )
      const { state } = await place.check(replayed)
      expect(state.run).toMatchObject({ status: 'failed', path: 'one', failure: { code: 'cassette_miss' } })
      if (state.run.status === 'failed')
        expect(state.run.failure.message).toContain(mode ? 'messages[0].content' : 'messages')
      expect(models.requests.length).toBe(before)
    },
  )
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunState } from '@/engine/run/state'
import { statusOf } from '@/engine/run/summary'
import { until } from '@/server/db/embedded/process'
import { outputOf } from './testing/check-log'
import { openPlace, type Place } from './testing/place'
import { chain, type Node } from './testing/small-graphs'
import { openStage, type Stage } from './testing/stage'
import { type Bundle, buildWorker, startWorker } from './testing/worker'

/** The first so many requests are never answered. */
let hanging = 0
let stage: Stage
let bundle: Bundle
beforeAll(async () => {
  bundle = await buildWorker()
  stage = await openStage({ answer: () => ({ hang: hanging-- > 0 }), runtime: { works: false } })
})
afterAll(async () => {
  await stage.close()
  bundle.remove()
})

const post = (more: object = {}): Node => ({
  id: 'send',
  kind: 'http',
  config: { method: 'POST', url: stage.sink.url, body: { n: 1 } },
  ...more,
})
const reached = (status: string) => (state: RunState) => statusOf(state) === status

/** Lets a worker go until the web address has been asked, and kills it. */
async function dieInTheMiddle(): Promise<void> {
  const before = stage.arrived.length
  const victim = startWorker({
    bundle,
    databaseUrl: stage.place.url,
    modelUrl: stage.models.url,
    allowPrivate: stage.sink.host,
    env: { BATON_LOG_LEVEL: 'error' },
  })
  if (!(await until(() => stage.arrived.length > before, 10_000)))
    throw new Error(`Nobody asked: ${victim.said.join('\n')}`)
  victim.process.kill('SIGKILL')
  await victim.ended
  await stage.place.pool.query(`update process set heartbeat_at = now() - interval '1 hour' where pid = $1`, [
    victim.pid,
  ])
  // A job of a dead process comes back by itself after some seconds.
  await stage.place.pool.query(`update pgboss.job set state = 'created', started_on = null where state = 'active'`)
}

const survivor = (): Promise<Place> =>
  openPlace({
    url: stage.place.url,
    workspaceId: stage.place.workspaceId,
    openai: { apiKey: 'k', baseUrl: stage.models.url, model: 'test-model' },
    allowPrivate: [stage.sink.host],
  })

describe('a call that was cut off in the middle of its effect', () => {
  it.each(['approved', 'rejected'] as const)('waits for a person, and does what was %s', async (decision) => {
    const { place, arrived } = stage
    hanging = 1
    const runId = await place.begin(chain([post()], { value: '{{ send.status }}' }))
    await dieInTheMiddle()
    const other = await survivor()
    const waiting = await place.reach(runId, reached('waiting'))
    expect(waiting.nodes.get('send')).toMatchObject({
      status: 'waiting',
      waiting: { reason: 'doubt', step: 'request' },
    })
    const before = arrived.length
    expect(await place.send(runId, { type: 'decide', path: 'send', decision, comment: 'I looked' })).toEqual({
      type: 'accepted',
    })
    const state = await place.reach(runId, ({ run }) => run.status === 'completed' || run.status === 'failed')
    await place.check(runId)
    if (decision === 'approved') {
      expect(outputOf(state)).toBe(200)
      expect(arrived.slice(-2).map(({ key }) => key)).toEqual([`${runId}:send:request`, `${runId}:send:request`])
    } else {
      expect(state.run).toMatchObject({ status: 'failed', failure: { code: 'in_doubt' } })
      expect(arrived.length).toBe(before)
    }
    await other.close()
  })

  it('asks again when the repetition was cut off as well', async () => {
    const { place } = stage
    hanging = 2
    const runId = await place.begin(chain([post()], { value: '{{ send.status }}' }))
    await dieInTheMiddle()
    const first = await survivor()
    await place.reach(runId, reached('waiting'))
    await first.close()
    await place.send(runId, { type: 'decide', path: 'send', decision: 'approved' })
    await dieInTheMiddle()
    const second = await survivor()
    const state = await place.reach(runId, reached('waiting'))
    expect(state.nodes.get('send')).toMatchObject({ waiting: { reason: 'doubt' }, wait: 2 })
    await place.send(runId, { type: 'decide', path: 'send', decision: 'approved' })
    await place.reach(runId, reached('completed'))
    await second.close()
  })

  it('is repeated with the same key where the node says so', async () => {
    const { place, arrived } = stage
    hanging = 1
    const runId = await place.begin(chain([post({ onDoubt: 'retry' })], { value: '{{ send.status }}' }))
    await dieInTheMiddle()
    const other = await survivor()
    await place.reach(runId, reached('completed'))
    expect(arrived.slice(-2).map(({ key }) => key)).toEqual([`${runId}:send:request`, `${runId}:send:request`])
    await other.close()
  })
})

describe('a step that every worker dies in', () => {
  it('is put aside after three deaths: the node fails, and the queue goes on', async () => {
    const { place } = stage
    hanging = 3
    const runId = await place.begin(chain([post({ onDoubt: 'retry' })]))
    for (let death = 0; death < 3; death++) await dieInTheMiddle()
    const other = await survivor()
    const state = await place.reach(runId, reached('failed'))
    expect(state.run).toMatchObject({ failure: { code: 'quarantined' }, path: 'send' })
    hanging = 0
    const next = await place.begin(chain([post()], { value: '{{ send.status }}' }))
    await place.reach(next, reached('completed'))
    await other.close()
  })
})

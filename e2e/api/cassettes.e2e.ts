import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, type Event, openApi, type Run } from '../testing/api'
import { type RunningBaton, startBaton } from '../testing/baton'
import { number, word } from '../testing/chance'
import { field, type Graph, graphOf, inputOf, node, outputOf } from '../testing/graph'
import { connectModel, type Endpoint, modelOf } from '../testing/models'
import { type Peer, sendJson, startPeer } from '../testing/peer'

let baton: RunningBaton
let peer: Peer
let api: Api
let model: Endpoint

beforeAll(async () => {
  peer = await startPeer((_, response) => sendJson(response, 200, { n: Math.random() }))
  baton = await startBaton({ BATON_ALLOW_PRIVATE: `127.0.0.1:${peer.port}` })
  api = await openApi(baton)
  model = await connectModel(api)
  model.script((_, n) =>
    n % 2 === 0
      ? {
          kind: 'tools',
          calls: [{ name: 'calculator', arguments: `{"expression":"${Math.floor(Math.random() * 1_000)}+1"}` }],
        }
      : { kind: 'text', text: `words ${Math.random()}` },
  )
})
afterAll(async () => {
  await baton?.stop()
  await peer?.close()
  await model?.close()
})

const graph = (): Graph =>
  graphOf(
    [
      inputOf(field('topic')),
      node('write', 'agent', { model: modelOf(model), prompt: 'Write about {{ start.topic }}', tools: ['calculator'] }),
      node('call', 'http', { url: `${peer.origin}/data` }),
      node('count', 'code', { source: 'return start.topic.length', uses: ['start'] }),
      node('rest', 'wait', { seconds: 0.2 }),
      node('gate', 'approval', { title: 'Fine?' }),
      outputOf({
        text: '{{ write.text }}',
        n: '{{ call.body.n }}',
        count: '{{ count }}',
        comment: '{{ gate.comment }}',
      }),
    ],
    ['start write call count rest gate', 'gate:approved done'],
  )

async function record(topic: string): Promise<Run> {
  const run = await api.run(graph(), { input: { topic }, cassette: { mode: 'record' } })
  await api.untilStatus(run.id, 'waiting')
  await api.post(`/runs/${run.id}/approvals/gate`, { decision: 'approved', comment: word() })
  return api.untilStatus(run.id, 'completed')
}
/** An event without times, durations and what names the run. */
const told = ({ at: _, startedAt: __, idempotencyKey: ___, request: ____, waiting, ...event }: Event) => ({
  ...event,
  waiting: waiting === undefined ? null : (waiting as { reason: string }).reason,
})

describe('a cassette', () => {
  it.each(['runId', 'file'])('is recorded and played back by its %s: the same output, no call at all', async (way) => {
    const topic = word()
    const run = await record(topic)
    const [calls, fetched] = [model.requests.length, peer.heard.length]
    const file = await api.get(`/runs/${run.id}/cassette`)
    const cassette = way === 'file' ? { mode: 'replay', file } : { mode: 'replay', runId: run.id }
    const replay = await api.run(graph(), { input: { topic }, cassette })
    expect(replay).toMatchObject({ status: 'completed', output: run.output })
    expect(replay.id).not.toBe(run.id)
    expect([model.requests.length, peer.heard.length]).toEqual([calls, fetched])
    const [first, second] = [await api.events(run.id), await api.events(replay.id)]
    expect(second.map(told)).toEqual(first.map(told))
  })

  it('holds every model call, tool call and http call, the decision and the wait', async () => {
    const run = await record(word())
    const { cassette, entries } = await api.get<{
      cassette: number
      runId: string
      entries: { path: string; step: string; requestHash: string; result: unknown; request?: unknown }[]
    }>(`/runs/${run.id}/cassette`)
    expect(cassette).toBe(1)
    const names = entries.map(({ path, step }) => `${path} ${step}`)
    expect(names).toEqual(expect.arrayContaining(['write m1', 'write m1.t1', 'write m2', 'rest wait1', 'gate wait1']))
    expect(entries.some(({ path }) => path === 'call')).toBe(true)
    const asked = entries.find(({ step }) => step === 'm1')
    expect(JSON.stringify(asked?.request)).toContain('Write about')
  })

  it('that lacks an entry, or whose request differs, fails the node and says which field', async () => {
    const topic = word()
    const run = await record(topic)
    const calls = model.requests.length
    const other = await api.run(graph(), { input: { topic: word() }, cassette: { mode: 'replay', runId: run.id } })
    expect(other).toMatchObject({ status: 'failed', error: { code: 'cassette_miss', path: 'write' } })
    expect(other.error?.message).toContain('messages')
    const file = await api.get<{ entries: { path: string }[] }>(`/runs/${run.id}/cassette`)
    const less = { ...file, entries: file.entries.filter(({ path }) => path !== 'call') }
    const missing = await api.run(graph(), { input: { topic }, cassette: { mode: 'replay', file: less } })
    expect(missing).toMatchObject({ status: 'failed', error: { code: 'cassette_miss', path: 'call' } })
    expect(model.requests.length).toBe(calls)
  })

  it('is asked for with sense', async () => {
    const bad = [
      { mode: 'replay' },
      { mode: 'record', runId: crypto.randomUUID() },
      { mode: word() },
      { mode: 'replay', runId: crypto.randomUUID() },
      { mode: 'replay', file: { entries: number() } },
    ]
    for (const cassette of bad) {
      const answer = await api.post<Run>('/runs', { graph: graph(), input: { topic: 'x' }, cassette, wait: 5 })
      expect({ cassette, status: answer.status >= 400 && answer.status < 500 }).toEqual({ cassette, status: true })
    }
  })
})

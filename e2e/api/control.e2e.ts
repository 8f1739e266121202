import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openApi, type Run } from '../testing/api'
import { type RunningBaton, startBaton } from '../testing/baton'
import { number, word } from '../testing/chance'
import { chainOf, field, type Graph, graphOf, inputOf, node, outputOf } from '../testing/graph'
import { connectModel, type Endpoint, modelOf } from '../testing/models'
import { type Peer, sendJson, startPeer } from '../testing/peer'

let baton: RunningBaton
let peer: Peer
let api: Api
let model: Endpoint
let isDown = false

beforeAll(async () => {
  peer = await startPeer(({ url }, response) => {
    if (url.startsWith('/silent')) return
    if (url.startsWith('/slow')) setTimeout(() => sendJson(response, 200, { url }), 400)
    else sendJson(response, isDown && url.startsWith('/fragile') ? 500 : 200, { url })
  })
  baton = await startBaton({ BATON_ALLOW_PRIVATE: `127.0.0.1:${peer.port}` })
  api = await openApi(baton)
  model = await connectModel(api)
})
afterAll(async () => {
  await baton?.stop()
  await peer?.close()
  await model?.close()
})

const order = (id: string, verb: string, body?: object) => api.post(`/runs/${id}/${verb}`, body)
const http = (id: string, path: string, more = {}) => node(id, 'http', { url: `${peer.origin}${path}` }, more)
const heard = (path: string) => peer.heard.filter(({ url }) => url === path).length

describe('cancel', () => {
  const states: [string, () => Graph, (run: Run) => boolean][] = [
    [
      'waits for a timer',
      () => chainOf(inputOf(), node('rest', 'wait', { seconds: 600 })),
      ({ status }) => status === 'waiting',
    ],
    [
      'waits for a person',
      () => chainOf(inputOf(), node('gate', 'approval', { title: '?' })),
      ({ status }) => status === 'waiting',
    ],
    [
      'waits between attempts',
      () => chainOf(inputOf(), http('call', '/silent', { timeoutSeconds: 0.2, retry: { max: 3, delayMs: 600_000 } })),
      ({ status }) => status === 'waiting',
    ],
    [
      'calls what never answers',
      () => chainOf(inputOf(), http('call', '/silent')),
      ({ nodes }) => nodes.some(({ id, status }) => id === 'call' && status === 'running'),
    ],
    [
      'hears a model that has stopped in the middle of its words',
      () => {
        model.script(() => ({ kind: 'stall', afterTokens: 3 }))
        return chainOf(inputOf(), node('write', 'agent', { model: modelOf(model), prompt: 'x' }))
      },
      () => model.requests.length > 0,
    ],
    [
      'computes without end',
      () => chainOf(inputOf(), node('spin', 'code', { source: 'for (;;) {}' }, { timeoutSeconds: 60 })),
      ({ nodes }) => nodes.length > 1,
    ],
  ]
  it.each(states)('ends a run that %s within a second', async (_, graph, isThere) => {
    const id = await api.begin(graph())
    await api.untilRun(id, isThere)
    const began = performance.now()
    expect((await order(id, 'cancel', { reason: word() })).status).toBe(202)
    const run = await api.untilStatus(id, 'cancelled', 'failed')
    expect(run.status).toBe('cancelled')
    expect(performance.now() - began).toBeLessThan(1_000)
    for (const verb of ['cancel', 'pause', 'resume']) expect((await order(id, verb)).status).toBe(409)
  })

  it('goes down to the runs that a run has started', async () => {
    const inner = await api.workflow(chainOf(inputOf(), node('rest', 'wait', { seconds: 600 })))
    const id = await api.begin(chainOf(inputOf(), node('child', 'workflow', { workflow: inner })))
    await api.untilStatus(id, 'waiting')
    const children = async () =>
      (await api.get<{ items: { id: string; parentRunId: string; status: string }[] }>('/runs?limit=10')).items.filter(
        ({ parentRunId }) => parentRunId === id,
      )
    expect(await children()).toMatchObject([{ status: 'waiting' }])
    await order(id, 'cancel')
    await api.untilStatus(id, 'cancelled')
    await api.untilStatus((await children())[0]?.id ?? '', 'cancelled')
  })
})

describe('pause', () => {
  it('lets the running step finish and be recorded, and starts nothing until resume', async () => {
    const [slow, next] = [`/slow${word()}`, `/next${word()}`]
    const id = await api.begin(
      chainOf(inputOf(), http('first', slow), http('second', next), outputOf('{{ second.body.url }}')),
    )
    await api.untilRun(id, () => heard(slow) === 1)
    expect((await order(id, 'pause')).status).toBe(202)
    const paused = await api.untilRun(
      id,
      (run) => run.status === 'paused' && run.nodes.some((one) => one.id === 'first' && one.status === 'completed'),
    )
    expect(paused.paused).toMatchObject({ reason: 'person' })
    expect(heard(next)).toBe(0)
    expect((await order(id, 'resume')).status).toBe(202)
    expect((await api.untilStatus(id, 'completed')).output).toBe(next)
    expect(heard(slow)).toBe(1)
  })

  it('lets decisions in, which take effect at resume', async () => {
    const graph = graphOf(
      [inputOf(), node('gate', 'approval', { title: '?' }), outputOf('{{ gate.comment }}')],
      ['start gate', 'gate:approved done'],
    )
    const { id } = await api.run(graph)
    await order(id, 'pause')
    await api.untilStatus(id, 'paused')
    const comment = word()
    expect((await order(id, 'approvals/gate', { decision: 'approved', comment })).status).toBe(202)
    expect((await order(id, 'approvals/gate', { decision: 'rejected' })).status).toBe(409)
    expect((await api.get<Run>(`/runs/${id}`)).status).toBe('paused')
    await order(id, 'resume')
    expect((await api.untilStatus(id, 'completed')).output).toBe(comment)
  })

  it('ends a wait for it', async () => {
    const id = await api.workflow(chainOf(inputOf(), node('rest', 'wait', { seconds: 600 })))
    const waiting = api.post<Run>(`/workflows/${id}/runs`, { wait: 60 })
    const found = async () => (await api.get<{ items: { id: string }[] }>(`/runs?workflowId=${id}`)).items[0]?.id
    await expect.poll(found).toBeDefined()
    await order((await found()) ?? '', 'pause')
    expect(await waiting).toMatchObject({ status: 200, body: { status: 'paused' } })
  })
})

describe('retry', () => {
  it.each([1, 6])('goes on in the same run: %i recorded steps stay, what failed is done again', async (before) => {
    const paths = Array.from({ length: before }, () => `/${word()}`)
    const last = `/fragile${word()}`
    const graph = chainOf(
      inputOf(),
      node('dice', 'code', { source: 'return Math.random()' }),
      ...paths.map((path, index) => http(`n${index}`, path)),
      http('last', last),
      outputOf({ dice: '{{ dice }}', url: '{{ last.body.url }}' }),
    )
    isDown = true
    const failed = await api.run(graph)
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'http_status', path: 'last' } })
    const rolled = (run: Run) => run.nodes.find(({ id }) => id === 'dice')?.outputPreview
    const dice = rolled(failed)
    expect(dice).toMatch(/^0\.\d/)
    isDown = false
    expect((await order(failed.id, 'retry')).status).toBe(202)
    const run = await api.untilStatus(failed.id, 'completed')
    expect(run.output).toEqual({ dice: Number(dice), url: last })
    expect(rolled(run)).toBe(dice)
    expect(paths.map(heard)).toEqual(paths.map(() => 1))
    expect(heard(last)).toBe(2)
    expect((await order(run.id, 'retry')).status).toBe(409)
  })
})

describe('fork', () => {
  const three = (path: string) =>
    chainOf(
      inputOf(field('n', 'number')),
      http('call', path),
      node('twice', 'code', { source: 'return start.n * 2', uses: ['start'] }),
      node('tell', 'transform', { template: 'got {{ twice }}' }),
      outputOf('{{ tell }}'),
    )
  const fork = async (id: string, body: object) => api.post<Run>(`/runs/${id}/fork`, { wait: 30, ...body })

  it('makes a new run that does a node and what follows again, and inherits the rest', async () => {
    const path = `/${word()}`
    const n = number()
    const run = await api.run(three(path), { input: { n } })
    const forked = await fork(run.id, {
      fromNode: 'tell',
      patch: { nodes: { tell: { config: { template: 'now {{ twice }}' } } } },
    })
    expect(forked).toMatchObject({ status: 200, body: { status: 'completed', output: `now ${n * 2}` } })
    expect(forked.body.id).not.toBe(run.id)
    expect(heard(path)).toBe(1)
    const log = await api.events(forked.body.id)
    expect(log[0]).toMatchObject({ type: 'run.created', forkedFrom: { runId: run.id, fromNode: 'tell' } })
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
    expect(log.filter(({ inherited }) => inherited === true).length).toBeGreaterThan(3)
    expect((await api.get<Run>(`/runs/${run.id}`)).output).toBe(`got ${n * 2}`)
  })

  it('takes another input, other outputs, or what had happened by an event', async () => {
    const path = `/${word()}`
    const [n, m, other] = [number(), number(), number()]
    const run = await api.run(three(path), { input: { n } })
    expect((await fork(run.id, { patch: { input: { n: m } } })).body.output).toBe(`got ${m * 2}`)
    expect(heard(path)).toBe(2)
    expect((await fork(run.id, { fromNode: 'tell', patch: { outputs: { twice: other } } })).body.output).toBe(
      `got ${other}`,
    )
    expect(heard(path)).toBe(2)
    const at = (await api.events(run.id)).find((event) => event.path === 'call' && event.type === 'node.completed')?.seq
    expect((await fork(run.id, { afterSeq: at })).body.output).toBe(`got ${n * 2}`)
    expect(heard(path)).toBe(2)
    expect((await fork(run.id, { afterSeq: 1 })).body.output).toBe(`got ${n * 2}`)
    expect(heard(path)).toBe(3)
  })

  it('with a patch that does not fit is 422 and makes nothing', async () => {
    const run = await api.run(three(`/${word()}`), { input: { n: 1 } })
    const count = async () => (await api.get<{ items: unknown[] }>('/runs?limit=100')).items.length
    const before = await count()
    const bad = [
      { patch: { nodes: { tell: { config: { template: '{{ nowhere }}' } } } } },
      { patch: { nodes: { tell: { config: { templat: 'x' } } } } },
      { patch: { nodes: { nobody: { config: {} } } } },
      { patch: { outputs: { nobody: 1 } } },
      { patch: { input: { n: 'x' } } },
      { fromNode: 'nobody' },
      { fromNode: 'tell', afterSeq: 2 },
      { unknown: true },
    ]
    for (const body of bad) expect({ body, status: (await fork(run.id, body)).status }).toEqual({ body, status: 422 })
    expect(await count()).toBe(before)
  })

  it('does not count inherited usage again', async () => {
    model.script(() => ({ kind: 'text', text: 'ok', usage: { prompt_tokens: 100, completion_tokens: 10 } }))
    const graph = chainOf(
      inputOf(),
      node('one', 'agent', { model: modelOf(model), prompt: 'x' }),
      node('two', 'agent', { model: modelOf(model), prompt: '{{ one.text }}' }),
    )
    const run = await api.run(graph)
    expect(run.usage).toMatchObject({ inputTokens: 200, outputTokens: 20, steps: 2 })
    expect((await fork(run.id, { fromNode: 'two' })).body.usage).toMatchObject({
      inputTokens: 100,
      outputTokens: 10,
      steps: 1,
    })
  })
})

describe('a budget', () => {
  it.each([
    ['maxSteps', 1, 10],
    ['maxTokens', 5_000, 100_000],
  ])('%s pauses the run before it is broken, and a raised one lets it go on', async (limit, low, high) => {
    model.script(() => ({ kind: 'text', text: 'fine', usage: { prompt_tokens: 1_000, completion_tokens: 10 } }))
    const agents = ['one', 'two', 'six'].map((id) => node(id, 'agent', { model: modelOf(model), prompt: 'x' }))
    const before = model.requests.length
    const run = await api.run(chainOf(inputOf(), ...agents, outputOf('{{ six.text }}')), { budget: { [limit]: low } })
    expect(run).toMatchObject({ status: 'paused', paused: { reason: 'budget' }, output: null })
    expect(model.requests.length - before).toBe(1)
    expect((await api.events(run.id)).find(({ type }) => type === 'budget.hit')).toMatchObject({ limit, max: low })
    expect((await order(run.id, 'resume', { budget: { [limit]: high } })).status).toBe(202)
    expect((await api.untilStatus(run.id, 'completed')).output).toBe('fine')
    expect(model.requests.length - before).toBe(3)
  })

  it('in money pauses where a price is unknown, and counts what is known', async () => {
    const agent = (name: string) =>
      chainOf(inputOf(), node('one', 'agent', { model: name, prompt: 'x' }), outputOf('{{ one.text }}'))
    model.script(() => ({
      kind: 'text',
      text: 'fine',
      usage: { prompt_tokens: 1_000_000, completion_tokens: 500_000 },
    }))
    const before = model.requests.length
    const unknown = await api.run(agent(modelOf(model)), { budget: { maxCost: 1 } })
    expect(unknown).toMatchObject({ status: 'paused', paused: { reason: 'price_unknown' } })
    expect(model.requests.length).toBe(before)
    expect((await api.run(agent(modelOf(model)))).usage.cost).toBeNull()
    const priced = await connectModel(api, { prices: { 'test-model': { input: 2, output: 6 } } })
    priced.script(() => ({
      kind: 'text',
      text: 'fine',
      usage: { prompt_tokens: 1_000_000, completion_tokens: 500_000 },
    }))
    expect((await api.run(agent(modelOf(priced)), { budget: { maxCost: 100 } })).usage.cost).toBeCloseTo(5)
    await priced.close()
  })

  it('in time pauses between steps', async () => {
    const graph = chainOf(
      inputOf(),
      http('one', `/slow${word()}`),
      http('two', `/slow${word()}`),
      http('six', `/slow${word()}`),
    )
    const run = await api.run(graph, { budget: { maxSeconds: 0.2 } })
    expect(run).toMatchObject({ status: 'paused', paused: { reason: 'budget' } })
  })

  it('is not needed to stop an agent that makes the same call again and again', async () => {
    model.script(() => ({ kind: 'tools', calls: [{ name: 'calculator', arguments: '{"expression":"1+1"}' }] }))
    const agent = node(
      'stuck',
      'agent',
      { model: modelOf(model), prompt: 'x', tools: ['calculator'], maxSteps: 50 },
      { retry: { max: 0 } },
    )
    expect(await api.run(chainOf(inputOf(), agent))).toMatchObject({
      status: 'failed',
      error: { code: 'loop_guard', path: 'stuck' },
    })
  })
})

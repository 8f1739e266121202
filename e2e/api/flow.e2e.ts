import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openApi, type Run } from '../testing/api'
import { type RunningBaton, startBaton } from '../testing/baton'
import { number, numbers, word, words } from '../testing/chance'
import { chainOf, field, graphOf, inputOf, node, outputOf } from '../testing/graph'
import { type Peer, sendJson, startPeer } from '../testing/peer'

let baton: RunningBaton
let peer: Peer
let api: Api
/** Status codes that the peer answers next, by path; then 200. */
const troubles = new Map<string, number[]>()

beforeAll(async () => {
  peer = await startPeer(({ url }, response) => {
    if (url.startsWith('/silent')) return
    const status = troubles.get(url)?.shift() ?? 200
    sendJson(response, status, { url, status })
  })
  baton = await startBaton({ BATON_ALLOW_PRIVATE: `127.0.0.1:${peer.port}` })
  api = await openApi(baton)
})
afterAll(async () => {
  await baton?.stop()
  await peer?.close()
})

const statusOf = (run: Run, id: string) => run.nodes.find((one) => one.id === id)?.status ?? 'not reached'
const failing = (id: string, text: string, more = {}) =>
  node(id, 'code', { source: `throw new Error(${JSON.stringify(text)})` }, more)

describe('boxes', () => {
  it.each([
    [2, 2],
    [3, 12],
  ])('nest: %i rounds of a loop around %i items of a map', async (rounds, size) => {
    const items = numbers(size)
    const graph = graphOf(
      [
        inputOf(field('items', 'json')),
        node('again', 'loop', { until: 'false', maxIterations: rounds }),
        node('each', 'map', { items: 'start.items', concurrency: 4 }, { parent: 'again' }),
        node('make', 'code', { source: 'return [index, item]', uses: ['index', 'item'] }, { parent: 'each' }),
        node(
          'tell',
          'transform',
          { as: 'json', template: ['{{ again.iteration }}', '{{ make }}'] },
          { parent: 'each' },
        ),
        outputOf('{{ again }}'),
      ],
      ['start again done', 'make tell'],
    )
    const { output, error } = await api.run(graph, { input: { items } })
    expect(error).toBeNull()
    expect(output).toEqual(items.map((item, index) => [rounds - 1, [index, item]]))
  })

  it('of every sort stand in each other: an agent in a team in a loop in a map', async () => {
    const topics = words(2)
    const graph = graphOf(
      [
        inputOf(field('topics', 'json')),
        node('each', 'map', { items: 'start.topics' }),
        node('again', 'loop', { until: 'iteration >= 1', maxIterations: 5 }, { parent: 'each' }),
        node('crew', 'team', { mode: 'sequence', goal: 'Write about {{ each.item }}' }, { parent: 'again' }),
        node('inner', 'team', { mode: 'parallel', goal: 'Think about it' }, { parent: 'crew' }),
        node('ada', 'agent', { instructions: 'You are Ada.' }, { parent: 'inner' }),
        node('bob', 'agent', { instructions: 'You are Bob.' }, { parent: 'inner' }),
        node('eve', 'agent', { instructions: 'You sum up.' }, { parent: 'crew' }),
        outputOf('{{ each }}'),
      ],
      ['start each done'],
    )
    const run = await api.run(graph, { input: { topics } })
    expect(run.error).toBeNull()
    const output = run.output as { text: string; transcript: { path: string }[] }[]
    expect(output).toHaveLength(2)
    for (const { text } of output) expect(text.length).toBeGreaterThan(0)
    const spoke = run.nodes
      .filter(({ kind, status }) => kind === 'agent' && status === 'completed')
      .map(({ path }) => path)
    // Two items, two rounds, three agents, each of whom spoke once a round.
    expect(spoke).toHaveLength(12)
    expect(spoke.filter((path) => path.startsWith('each[1]/again[0]/crew/'))).toHaveLength(3)
    expect(new Set(spoke).size).toBe(12)
  })

  it('open inside the next one: a map in a loop sees the result of the round before', async () => {
    const items = numbers(4)
    const graph = graphOf(
      [
        inputOf(field('items', 'json')),
        node('again', 'loop', { until: 'iteration == 2', maxIterations: 9 }),
        node('each', 'map', { items: 'again.previous == null ? start.items : again.previous' }, { parent: 'again' }),
        node('add', 'code', { source: 'return item + index', uses: ['item', 'index'] }, { parent: 'each' }),
        outputOf('{{ again }}'),
      ],
      ['start again done'],
    )
    const { output, error } = await api.run(graph, { input: { items } })
    expect(error).toBeNull()
    expect(output).toEqual(items.map((item, index) => item + 3 * index))
  })
})

describe('branches', () => {
  it.each([2, 12])('%i of them run at the same time and see nothing of each other', async (count) => {
    const names = words(count)
    const graph = graphOf(
      [
        inputOf(),
        ...names.map((name) => node(name, 'wait', { seconds: 1 })),
        ...names.map((name) => node(`after_${name}`, 'transform', { template: name })),
        node('all', 'merge'),
        outputOf('{{ all }}'),
      ],
      names.map((name) => `start ${name} after_${name} all`).concat('all done'),
    )
    const run = await api.run(graph)
    expect(run.output).toEqual(Object.fromEntries(names.map((name) => [`after_${name}`, name])))
    const spans = run.nodes.filter(({ kind }) => kind === 'wait')
    const lastStart = Math.max(...spans.map(({ startedAt }) => Date.parse(startedAt ?? '')))
    const firstEnd = Math.min(...spans.map(({ finishedAt }) => Date.parse(finishedAt ?? '')))
    expect(lastStart).toBeLessThan(firstEnd)
    const [first = '', second = ''] = names
    const peek = {
      ...graph,
      nodes: graph.nodes.map((one) =>
        one.id === `after_${first}` ? { ...one, config: { template: `{{ ${second} }}` } } : one,
      ),
    }
    const refused = await api.post('/runs', { graph: peek })
    expect(refused.status).toBe(422)
    expect(refused.body.problems).toMatchObject([{ nodeId: `after_${first}` }])
  })

  it.each([1, 9])('that die are skipped to the end (%i nodes), and what comes after still runs', async (length) => {
    const dead = Array.from({ length }, (_, index) => `dead${index}`)
    const text = word()
    const graph = graphOf(
      [
        inputOf(field('go', 'boolean')),
        node('ask', 'condition', { expression: 'start.go' }),
        ...dead.map((id) => node(id, 'transform', { template: 'never' })),
        node('alive', 'transform', { template: text }),
        node('join', 'merge'),
        outputOf('{{ join }}'),
      ],
      ['start ask', `ask:true ${dead.join(' ')} join`, 'ask:false alive join', 'join done'],
    )
    const run = await api.run(graph, { input: { go: false } })
    expect(run.output).toEqual({ alive: text })
    expect(dead.map((id) => statusOf(run, id))).toEqual(dead.map(() => 'skipped'))
    const other = await api.run(graph, { input: { go: true } })
    expect(other.output).toEqual({ [dead.at(-1) ?? '']: 'never' })
    expect(statusOf(other, 'alive')).toBe('skipped')
  })

  it('of which none lives skip what they lead to: the output is null', async () => {
    const graph = graphOf(
      [inputOf(), node('ask', 'condition', { expression: 'false' }), outputOf(word())],
      ['start ask', 'ask:true done'],
    )
    const run = await api.run(graph)
    expect(run).toMatchObject({ status: 'completed', output: null })
    expect(statusOf(run, 'done')).toBe('skipped')
  })
})

describe('a failure', () => {
  it('stops the run, names the node, and lets finish and be recorded what was in flight', async () => {
    const text = word()
    const graph = graphOf(
      [
        inputOf(),
        failing('bad', text),
        node('slow', 'wait', { seconds: 0.3 }),
        node('next', 'transform', { template: 'x' }),
        outputOf('y'),
      ],
      ['start bad done', 'start slow next done'],
    )
    const run = await api.run(graph)
    expect(run).toMatchObject({ status: 'failed', output: null, error: { code: 'sandbox_error', path: 'bad' } })
    expect(run.error?.message).toContain(text)
    expect(statusOf(run, 'next')).toBe('not reached')
  })

  it('goes on by the normal port or by the error port, as the node says', async () => {
    const text = word()
    const go = (onError: string, more: string[]) =>
      graphOf(
        [
          inputOf(),
          failing('bad', text, { onError }),
          node('normal', 'output', { value: '{{ bad.error }}' }),
          node('mended', 'output', { value: '{{ input.error.message }}' }),
        ],
        ['start bad', 'bad normal', ...more],
      )
    const carried = await api.run({ ...go('continue', []), nodes: go('continue', []).nodes.slice(0, 3) })
    expect(carried).toMatchObject({
      status: 'completed',
      output: { code: 'sandbox_error', message: expect.stringContaining(text) },
    })
    const branched = await api.run(go('branch', ['bad:error mended']))
    expect(branched.output).toEqual({ mended: expect.stringContaining(text) })
    expect(statusOf(branched, 'normal')).toBe('skipped')
  })

  it.each([
    [1, 'fixed'],
    [3, 'exponential'],
  ])('that may pass is tried again %i times, with %s delays', async (max, backoff) => {
    const path = `/${word()}`
    const delayMs = 60
    const call = node('call', 'http', { url: `${peer.origin}${path}` }, { retry: { max, delayMs, backoff } })
    const graph = chainOf(inputOf(), call, outputOf('{{ call.body.status }}'))
    troubles.set(path, Array(max).fill(503))
    const run = await api.run(graph)
    expect(run).toMatchObject({ status: 'completed', output: 200 })
    expect(run.nodes.find(({ id }) => id === 'call')?.attempt).toBe(max + 1)
    const events = await api.events(run.id)
    const retries = events.filter(({ type }) => type === 'node.retrying')
    expect(retries).toHaveLength(max)
    const pauses = retries.map(({ at, retryAt }) => Date.parse(String(retryAt)) - Date.parse(at))
    for (const [index, pause] of pauses.entries()) {
      const base = backoff === 'fixed' ? delayMs : delayMs * 2 ** index
      expect(pause).toBeGreaterThanOrEqual(base * 0.4)
      expect(pause).toBeLessThanOrEqual(base * 2.1)
    }
    troubles.set(path, Array(max + 1).fill(503))
    expect(await api.run(graph)).toMatchObject({ status: 'failed', error: { code: 'http_status', path: 'call' } })
  })

  it('by time ends an attempt: a service that never answers, code that never ends', async () => {
    const seconds = 0.4
    const graph = (one: ReturnType<typeof node>) => chainOf(inputOf(), one, outputOf('x'))
    const silent = await api.run(
      graph(node('call', 'http', { url: `${peer.origin}/silent${word()}` }, { timeoutSeconds: seconds })),
    )
    expect(silent).toMatchObject({ status: 'failed', error: { code: 'timeout', path: 'call' } })
    const endless = await api.run(graph(node('spin', 'code', { source: 'for (;;) {}' }, { timeoutSeconds: seconds })))
    expect(endless).toMatchObject({ status: 'failed', error: { path: 'spin' } })
    expect(endless.error?.code).toMatch(/timeout/)
    for (const { startedAt, finishedAt } of [silent, endless])
      expect(Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')).toBeLessThan(5_000)
  })

  it('of an expression says so: a condition that is no boolean, a template that does not work', async () => {
    const graph = chainOf(inputOf(field('n', 'number')), node('ask', 'condition', { expression: 'start.n + 1' }))
    const run = await api.run(graph, { input: { n: number() } })
    expect(run).toMatchObject({ status: 'failed', error: { code: 'not_boolean', path: 'ask' } })
    const lists = chainOf(inputOf(field('n', 'number')), node('each', 'map', { items: 'start.n' }), outputOf('x'))
    const child = node('inside', 'transform', { template: 'x' }, { parent: 'each' })
    expect(await api.run({ ...lists, nodes: [...lists.nodes, child] }, { input: { n: 1 } })).toMatchObject({
      status: 'failed',
      error: { path: 'each' },
    })
  })
})

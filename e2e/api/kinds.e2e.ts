import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openApi } from '../testing/api'
import { type RunningBaton, startBaton } from '../testing/baton'
import { number, numbers, word, words } from '../testing/chance'
import { chainOf, field, graphOf, inputOf, node, outputOf } from '../testing/graph'
import { type Peer, startPeer } from '../testing/peer'

let baton: RunningBaton
let peer: Peer
let api: Api
beforeAll(async () => {
  peer = await startPeer()
  baton = await startBaton({ BATON_ALLOW_PRIVATE: `127.0.0.1:${peer.port}` })
  api = await openApi(baton)
})
afterAll(async () => {
  await baton?.stop()
  await peer?.close()
})

const total = (list: number[]) => list.reduce((sum, one) => sum + one, 0)

describe('a node of the kind', () => {
  it('input hands on every type of field, fills in defaults and null, and refuses what does not fit', async () => {
    const [a, b, c] = [word(), number(), word()]
    const graph = chainOf(
      inputOf(
        field('title'),
        field('n', 'number', { required: true }),
        field('flag', 'boolean', { default: true }),
        field('data', 'json'),
        field('tone', 'choice', { choices: [a, c] }),
        field('missing'),
      ),
      outputOf('{{ start }}'),
    )
    const data = { deep: [{ [a]: b }, null, 1.5] }
    const { output } = await api.run(graph, { input: { title: a, n: b, data, tone: c } })
    expect(output).toEqual({ title: a, n: b, flag: true, data, tone: c, missing: null })
    const refused = await api.post('/runs', { graph, input: { n: 'x', tone: `${a}?`, [c]: 1 } })
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid_input' } })
    const paths = (refused.body.problems as { path: string }[]).map(({ path }) => path).sort()
    expect(paths).toEqual([`input.${c}`, 'input.n', 'input.tone'].sort())
  })

  it('output gives text, structure, what arrives, or an object of several', async () => {
    const [a, b] = [word(), number()]
    const input = { a, b }
    const start = inputOf(field('a'), field('b', 'number'))
    expect((await api.run(chainOf(start, outputOf('{{ start.a }}/{{ start.b }}')), { input })).output).toBe(`${a}/${b}`)
    const structure = outputOf({ list: ['{{ start.b }}', 'x{{ start.b }}'], whole: '{{ start }}' })
    expect((await api.run(chainOf(start, structure), { input })).output).toEqual({ list: [b, `x${b}`], whole: input })
    expect((await api.run(chainOf(start, node('done', 'output')), { input })).output).toEqual(input)
    const two = graphOf(
      [start, node('left', 'output', { value: '{{ start.a }}' }), node('right', 'output', { value: '{{ start.b }}' })],
      ['start left', 'start right'],
    )
    expect((await api.run(two, { input })).output).toEqual({ left: a, right: b })
  })

  it.each([3, 40])('transform makes text and data, %i of them in a row', async (count) => {
    const seed = word()
    const steps = Array.from({ length: count }, (_, index) =>
      index % 2 === 0
        ? node(`t${index}`, 'transform', { template: `{{ input${index === 0 ? '.seed' : ''} }}-${index}` })
        : node(`t${index}`, 'transform', { template: `{{ t${index - 1} | upcase }}`, as: 'text' }),
    )
    const wanted = steps.reduce((text, _, index) => (index % 2 === 0 ? `${text}-${index}` : text.toUpperCase()), seed)
    const run = await api.run(chainOf(inputOf(field('seed')), ...steps, node('done', 'output')), { input: { seed } })
    expect(run.output).toBe(wanted)
    const json = node('make', 'transform', {
      as: 'json',
      template: { seed: '{{ start.seed }}', list: [1, '{{ start }}'] },
    })
    const made = await api.run(chainOf(inputOf(field('seed')), json, node('done', 'output')), { input: { seed } })
    expect(made.output).toEqual({ seed, list: [1, { seed }] })
  })

  it('condition lives on one side only, router takes the first way that fits or otherwise', async () => {
    const limit = number(10, 1_000)
    const sides = graphOf(
      [
        inputOf(field('n', 'number')),
        node('big', 'condition', { expression: `start.n > ${limit}` }),
        node('yes', 'output', { value: '{{ input.n }}' }),
        node('no', 'output', { value: '{{ big.result }}' }),
      ],
      ['start big', 'big:true yes', 'big:false no'],
    )
    expect((await api.run(sides, { input: { n: limit + 1 } })).output).toEqual({ yes: limit + 1 })
    const other = await api.run(sides, { input: { n: limit } })
    expect(other.output).toEqual({ no: false })
    expect(other.nodes.find(({ id }) => id === 'yes')?.status).toBe('skipped')

    const names = words(3)
    const ways = graphOf(
      [
        inputOf(field('n', 'number')),
        node('way', 'router', {
          routes: names.map((name, index) => ({ name, when: `start.n < ${(index + 1) * 10}` })),
        }),
        ...[...names, 'otherwise'].map((name) => node(`to_${name}`, 'output', { value: '{{ way.route }}' })),
      ],
      ['start way', ...[...names, 'otherwise'].map((name) => `way:${name} to_${name}`)],
    )
    for (const [n, name] of [
      [5, names[0]],
      [15, names[1]],
      [29, names[2]],
      [30, 'otherwise'],
    ] as const)
      expect((await api.run(ways, { input: { n } })).output).toEqual({ [`to_${name}`]: name })
  })

  it('router and gate ask a model where they are told to', async () => {
    const [good, bad] = [word('refund'), word('praise')]
    const graph = graphOf(
      [
        inputOf(field('text')),
        node('way', 'router', {
          mode: 'model',
          routes: [
            { name: good, description: `about ${good}` },
            { name: bad, description: `about ${bad}` },
          ],
        }),
        node('to_good', 'output', { value: 'good' }),
        node('to_bad', 'output', { value: 'bad' }),
        node('to_other', 'output', { value: 'other' }),
      ],
      ['start way', `way:${good} to_good`, `way:${bad} to_bad`, 'way:otherwise to_other'],
    )
    const run = await api.run(graph, { input: { text: `This is about ${good}.` } })
    expect(Object.keys(run.output ?? {})).toHaveLength(1)
    expect(run.simulated).toBe(true)
    const gate = graphOf(
      [
        inputOf(field('text')),
        node('check', 'gate', { checks: [{ type: 'rubric', rubric: 'Is it about tea?', threshold: 0 }] }),
        node('fine', 'output', { value: '{{ check.score }}' }),
      ],
      ['start check', 'check:pass fine'],
    )
    const graded = await api.run(gate, { input: { text: word('tea') } })
    expect(graded.output).toBeGreaterThanOrEqual(0)
    expect(graded.output).toBeLessThanOrEqual(1)
  })

  it('gate says which of its rules do not hold', async () => {
    const reason = word('Too short ')
    const graph = graphOf(
      [
        inputOf(field('text')),
        node('check', 'gate', {
          checks: [
            { type: 'rule', expression: 'size(start.text) > 5', message: reason },
            { type: 'rule', expression: 'start.text != ""' },
          ],
        }),
        node('fine', 'output', { value: '{{ input.text }}' }),
        node('poor', 'output', { value: '{{ check.reasons }}' }),
      ],
      ['start check', 'check:pass fine', 'check:fail poor'],
    )
    const text = word('longer')
    expect((await api.run(graph, { input: { text } })).output).toEqual({ fine: text })
    const { output } = await api.run(graph, { input: { text: 'abc' } })
    expect(JSON.stringify(output)).toContain(reason)
  })

  it.each([2, 60])('map works on %i items and keeps their order, concurrently', async (count) => {
    const items = numbers(count)
    const graph = graphOf(
      [
        inputOf(field('items', 'json')),
        node('each', 'map', { items: 'start.items', concurrency: 7 }),
        node(
          'twice',
          'code',
          { source: 'return {value: item * 2, index}', uses: ['item', 'index'] },
          { parent: 'each' },
        ),
        outputOf('{{ each }}'),
      ],
      ['start each done'],
    )
    const { output } = await api.run(graph, { input: { items } })
    expect(output).toEqual(items.map((item, index) => ({ value: item * 2, index })))
    expect((await api.run(graph, { input: { items: [] } })).output).toEqual([])
  })

  it('map puts null for an item that fails, or fails', async () => {
    const items = [1, 0, 3]
    const graph = (onItemError: string) =>
      graphOf(
        [
          inputOf(field('items', 'json')),
          node('each', 'map', { items: 'start.items', onItemError }),
          node(
            'risky',
            'code',
            { source: 'if (item === 0) throw new Error("zero"); return item', uses: ['item'] },
            { parent: 'each' },
          ),
          outputOf('{{ each }}'),
        ],
        ['start each done'],
      )
    expect((await api.run(graph('null'), { input: { items } })).output).toEqual([1, null, 3])
    const failed = await api.run(graph('fail'), { input: { items } })
    expect(failed).toMatchObject({ status: 'failed', output: null, error: { path: 'each[1]/risky' } })
  })

  it.each([3, 25])('loop goes on until its condition holds, at the latest after its limit (%i)', async (limit) => {
    const stop = number(1, limit - 1)
    const graph = (until: string, onLimit = 'continue') =>
      graphOf(
        [
          inputOf(),
          node('again', 'loop', { until, maxIterations: limit, onLimit }),
          node(
            'count',
            'code',
            { source: 'return {n: (previous ? previous.n : 0) + 1, iteration}', uses: ['previous', 'iteration'] },
            { parent: 'again' },
          ),
          outputOf('{{ again }}'),
        ],
        ['start again done'],
      )
    expect((await api.run(graph(`count.n >= ${stop}`))).output).toEqual({ n: stop, iteration: stop - 1 })
    expect((await api.run(graph('output.n > 1000'))).output).toEqual({ n: limit, iteration: limit - 1 })
    expect(await api.run(graph('false', 'fail'))).toMatchObject({
      status: 'failed',
      error: { code: 'loop_limit', path: 'again' },
    })
  })

  it('merge waits for all that live, or goes on with the first', async () => {
    const [fast, slow] = [word(), word()]
    const graph = (mode: string) =>
      graphOf(
        [
          inputOf(),
          node('quick', 'transform', { template: fast }),
          node('late', 'wait', { seconds: 1.5 }),
          node('after', 'transform', { template: slow }),
          node('both', 'merge', { mode }),
          outputOf({ value: '{{ both }}', late: '{{ after }}' }),
        ],
        ['start quick both', 'start late after both', 'both done'],
      )
    expect((await api.run(graph('all'))).output).toEqual({ value: { quick: fast, after: slow }, late: slow })
    const any = await api.run(graph('any'))
    expect(any.output).toMatchObject({ value: fast, late: null })
  })

  it('code, tool and http compute, call and pass on what came back', async () => {
    const list = numbers(5)
    const key = word()
    const graph = graphOf(
      [
        inputOf(field('list', 'json')),
        node('sum', 'code', {
          source: 'return {total: start.list.reduce((a, b) => a + b, 0), input}',
          uses: ['start'],
        }),
        node('calc', 'tool', { tool: 'calculator', arguments: { expression: '{{ sum.total }} * 2 + 1' } }),
        node('now', 'tool', { tool: 'current_time', arguments: {} }),
        node('send', 'http', {
          method: 'POST',
          url: `${peer.origin}/{{ sum.total }}?q={{ "a b&c" | url_encode }}`,
          headers: { 'x-key': key },
          body: { total: '{{ sum.total }}', text: 't{{ sum.total }}' },
        }),
        outputOf({
          sum: '{{ sum }}',
          calc: '{{ calc }}',
          now: '{{ now }}',
          status: '{{ send.status }}',
          body: '{{ send.body }}',
        }),
      ],
      ['start sum calc now send done'],
    )
    const { output } = await api.run(graph, { input: { list } })
    const sum = total(list)
    expect(output).toMatchObject({ sum: { total: sum, input: { list } }, status: 200 })
    expect(JSON.stringify(output)).toContain(String(sum * 2 + 1))
    expect(JSON.stringify((output as { now: unknown }).now)).toContain(String(new Date().getUTCFullYear()))
    const heard = (output as { body: { url: string; headers: Record<string, string>; body: string } }).body
    expect(heard.url).toBe(`/${sum}?q=a+b%26c`)
    expect(heard.headers['x-key']).toBe(key)
    expect(JSON.parse(heard.body)).toEqual({ total: sum, text: `t${sum}` })
  })

  it.each([0.2, 1.2])('wait holds a run for %f seconds, or until a time', async (seconds) => {
    const began = Date.now()
    const text = word()
    const run = await api.run(
      chainOf(inputOf(field('text')), node('rest', 'wait', { seconds }), node('done', 'output')),
      {
        input: { text },
      },
    )
    expect(run.output).toEqual({ text })
    expect(Date.now() - began).toBeGreaterThanOrEqual(seconds * 1_000 - 20)
    const until = new Date(Date.now() + seconds * 1_000).toISOString()
    const timed = await api.run(chainOf(inputOf(), node('rest', 'wait', { until }), node('done', 'output')))
    expect(Date.parse(timed.finishedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(until) - 20)
  })

  it('note stands beside the run and takes no part in it', async () => {
    const text = word()
    const graph = graphOf([inputOf(), node('aside', 'note', { text, color: 'yellow' }), outputOf(text)], ['start done'])
    const run = await api.run(graph)
    expect(run.output).toBe(text)
    expect(run.nodes.map(({ id }) => id).sort()).toEqual(['done', 'start'])
  })

  it('workflow runs another one, by its slug, id or version, and passes on its result or its failure', async () => {
    const [a, b] = [word(), word()]
    const inner = chainOf(
      inputOf(field('x')),
      node('make', 'transform', { template: `${a} {{ start.x }}` }),
      outputOf('{{ make }}'),
    )
    const id = await api.workflow({ ...inner, name: word('Inner ') })
    const { slug } = await api.get<{ slug: string }>(`/workflows/${id}`)
    const outer = (workflow: string, more = {}) =>
      chainOf(
        inputOf(field('x')),
        node('child', 'workflow', { workflow, input: { x: '{{ start.x }}' }, ...more }),
        outputOf('{{ child }}'),
      )
    expect((await api.run(outer(slug), { input: { x: b } })).output).toBe(`${a} ${b}`)
    const second = {
      ...inner,
      nodes: inner.nodes.map((one) => (one.id === 'make' ? { ...one, config: { template: 'second' } } : one)),
    }
    expect((await api.put(`/workflows/${id}`, { graph: second })).status).toBe(200)
    expect((await api.post(`/workflows/${id}/publish`)).status).toBe(200)
    expect((await api.run(outer(id), { input: { x: b } })).output).toBe('second')
    expect((await api.run(outer(id, { version: 1 }), { input: { x: b } })).output).toBe(`${a} ${b}`)
    const failing = await api.workflow(
      chainOf(inputOf(), node('bad', 'code', { source: 'throw new Error("no")' }), outputOf('x')),
    )
    const failed = await api.run(chainOf(inputOf(), node('child', 'workflow', { workflow: failing }), outputOf('x')))
    expect(failed).toMatchObject({ status: 'failed', error: { path: 'child' } })
    const runs = await api.get<{ items: { parentRunId: string | null; status: string }[] }>('/runs?limit=5')
    expect(runs.items.filter(({ parentRunId }) => parentRunId === failed.id)).toMatchObject([{ status: 'failed' }])
  })

  it('agent answers with text and usage, team in each of its modes with a transcript', async () => {
    const topic = word('topic')
    const agent = (id: string, more = {}, parent?: string) =>
      node(id, 'agent', { instructions: `You are ${id}.`, ...more }, parent === undefined ? {} : { parent })
    const alone = await api.run(
      chainOf(
        inputOf(field('topic')),
        agent('write', { prompt: 'Write about {{ start.topic }}' }),
        node('done', 'output'),
      ),
      {
        input: { topic },
      },
    )
    expect(alone.output).toMatchObject({ text: expect.stringMatching(/./), usage: { inputTokens: expect.any(Number) } })
    expect(alone).toMatchObject({ simulated: true, usage: { cost: 0, steps: 1 } })
    for (const mode of ['sequence', 'parallel', 'supervisor']) {
      const members = ['alba', 'bert', 'cleo']
      const graph = graphOf(
        [
          inputOf(field('topic')),
          node('crew', 'team', { mode, goal: 'Describe {{ start.topic }}', maxRounds: 3 }),
          ...members.map((id) => agent(id, {}, 'crew')),
          node('done', 'output'),
        ],
        ['start crew done'],
      )
      const { output, error } = await api.run(graph, { input: { topic } })
      expect({ mode, error }).toEqual({ mode, error: null })
      const { text, transcript } = output as { text: string; transcript: { path: string; text: string }[] }
      expect(text.length).toBeGreaterThan(0)
      const spoke = new Set(transcript.map(({ path }) => path.replace(/^crew\//, '').replace(/#.*/, '')))
      if (mode !== 'supervisor') expect([...spoke].sort()).toEqual(members)
      else expect(spoke.size).toBeGreaterThanOrEqual(1)
    }
  })
})

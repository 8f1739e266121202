import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, type Event, openApi } from '../testing/api'
import { type RunningBaton, startBaton } from '../testing/baton'
import { number, word, words } from '../testing/chance'
import { chainOf, field, inputOf, node, outputOf } from '../testing/graph'
import { connectModel, type Endpoint, modelOf } from '../testing/models'

let baton: RunningBaton
let api: Api
let model: Endpoint
beforeAll(async () => {
  baton = await startBaton()
  api = await openApi(baton)
  model = await connectModel(api)
})
afterAll(async () => {
  await baton?.stop()
  await model?.close()
})

const agent = (more = {}, options = {}) =>
  chainOf(
    inputOf(field('topic')),
    node(
      'write',
      'agent',
      { model: modelOf(model), instructions: 'You are brief.', prompt: 'Write about {{ start.topic }}', ...more },
      { retry: { max: 2, delayMs: 20 }, ...options },
    ),
    outputOf('{{ write }}'),
  )
const bodies = () => model.requests.map(({ body }) => body)
const fresh = () => {
  model.requests.length = 0
}
const steps = (events: Event[]) => events.filter(({ type }) => type === 'step.completed').map(({ step }) => step)

describe('a connection', () => {
  it('is asked with its key, the messages and the model that the agent names', async () => {
    const [topic, text] = [word(), word()]
    const usage = { prompt_tokens: number(1, 900), completion_tokens: number(1, 900) }
    fresh()
    model.script(() => ({ kind: 'text', text, usage }))
    const run = await api.run(agent({ temperature: 0.25, maxOutputTokens: 77 }), { input: { topic } })
    expect(run.output).toMatchObject({
      text,
      usage: { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens },
    })
    expect(run).toMatchObject({
      simulated: false,
      usage: { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens, cost: null },
    })
    expect(bodies()).toMatchObject([
      {
        model: 'test-model',
        temperature: 0.25,
        messages: [{ role: 'system' }, { role: 'user', content: `Write about ${topic}` }],
      },
    ])
    expect(model.requests[0]?.headers.authorization).toMatch(/^Bearer sk-/)
    expect(model.requests[0]?.headers['idempotency-key']).toBe(`${run.id}:write:m1`)
  })

  it('is replaced by its fallback', async () => {
    const text = word()
    fresh()
    model.script(() => ({ kind: 'text', text }))
    const weak = await connectModel(api, { fallback: modelOf(model) })
    weak.script(() => ({ kind: 'error', status: 503 }))
    fresh()
    const run = await api.run(agent({ model: modelOf(weak) }), { input: { topic: 'x' } })
    expect(run.output).toMatchObject({ text })
    expect([weak.requests.length, model.requests.length]).toEqual([1, 1])
    await weak.close()
  })

  it('stands behind an alias, so that all agents move at once', async () => {
    fresh()
    model.script(() => ({ kind: 'text', text: 'from the alias' }))
    expect((await api.put('/aliases', { aliases: { default: modelOf(model), fast: model.connection } })).status).toBe(
      200,
    )
    expect((await api.put('/aliases', { aliases: { smart: word() } })).status).toBe(422)
    expect(await api.get('/aliases')).toEqual({ aliases: { default: modelOf(model), fast: model.connection } })
    fresh()
    for (const name of ['default', 'fast'])
      expect((await api.run(agent({ model: name }), { input: { topic: 'x' } })).output).toMatchObject({
        text: 'from the alias',
      })
    expect(model.requests).toHaveLength(2)
    expect((await api.put('/aliases', { aliases: {} })).status).toBe(200)
  })

  it('is changed and deleted; its key is never shown', async () => {
    const key = word('sk-')
    const made = await api.post('/connections', {
      name: word('c'),
      baseUrl: 'http://127.0.0.1:9/v1',
      key,
      models: words(2),
    })
    expect(made).toMatchObject({ status: 201, body: { hasKey: true, source: 'workspace' } })
    const at = `/connections/${made.body.id}`
    expect(await api.put(at, { prices: { x: { input: 1, output: 2 } } })).toMatchObject({
      status: 200,
      body: { hasKey: true, prices: { x: { input: 1, output: 2 } } },
    })
    expect((await api.post('/connections', { name: made.body.name, baseUrl: 'http://127.0.0.1:9/v1' })).status).toBe(
      409,
    )
    for (const bad of [
      { baseUrl: 'ftp://x' },
      { baseUrl: 'http://user:pass@127.0.0.1/' },
      { prices: { x: { input: -1, output: 1 } } },
      { surprise: 1 },
    ])
      expect((await api.put(at, bad)).status).toBe(422)
    const everything = JSON.stringify([made.body, (await api.ask('GET', '/connections')).text])
    expect(everything).not.toContain(key)
    expect((await api.ask('DELETE', at)).status).toBe(204)
    expect((await api.ask('DELETE', at)).status).toBe(404)
  })

  it('that does not exist fails the node and says so, never the simulated model instead', async () => {
    const run = await api.run(agent({ model: `${word()}/x` }), { input: { topic: 'x' } })
    expect(run).toMatchObject({ status: 'failed', simulated: false, error: { path: 'write' } })
  })
})

describe('an endpoint that misbehaves', () => {
  it.each([1, 2])('is asked again after 429 with Retry-After, %i times', async (times) => {
    fresh()
    model.script((_, n) =>
      n < times ? { kind: 'error', status: 429, retryAfter: '1' } : { kind: 'text', text: 'at last' },
    )
    const began = Date.now()
    const run = await api.run(agent(), { input: { topic: 'x' } })
    expect(run.output).toMatchObject({ text: 'at last' })
    expect(Date.now() - began).toBeGreaterThanOrEqual(times * 1_000 - 20)
    expect(model.requests).toHaveLength(times + 1)
  })

  it.each([
    ['answers 500', { kind: 'error', status: 500 }],
    ['answers no JSON', { kind: 'raw', status: 200, contentType: 'text/html', body: '<html>' }],
    ['cuts its answer', { kind: 'cut', afterTokens: 3 }],
  ] as const)('that %s is tried again as often as the node says', async (_, trouble) => {
    fresh()
    model.script((_request, n) => (n === 0 ? trouble : { kind: 'text', text: 'mended' }))
    expect((await api.run(agent(), { input: { topic: 'x' } })).output).toMatchObject({ text: 'mended' })
    fresh()
    model.script(() => trouble)
    expect(await api.run(agent(), { input: { topic: 'x' } })).toMatchObject({
      status: 'failed',
      error: { path: 'write' },
    })
    expect(model.requests).toHaveLength(3)
  })

  it('that refuses the request is not asked again', async () => {
    fresh()
    const message = word('the reason ')
    model.script(() => ({ kind: 'error', status: 400, message }))
    const run = await api.run(agent(), { input: { topic: 'x' } })
    expect(run.status).toBe('failed')
    expect(run.error?.message).toContain(message)
    expect(model.requests).toHaveLength(1)
  })

  it('that stalls is given up at the time limit of the node', async () => {
    model.script(() => ({ kind: 'stall', afterTokens: 2 }))
    const run = await api.run(agent({}, { timeoutSeconds: 0.5, retry: { max: 0 } }), { input: { topic: 'x' } })
    expect(run).toMatchObject({ status: 'failed', error: { code: 'timeout', path: 'write' } })
  })
})

describe('an agent', () => {
  it.each([1, 4])('uses its tools, %i at once, and each call and answer is recorded once', async (count) => {
    const sums = Array.from({ length: count }, () => [number(), number()] as const)
    fresh()
    model.script((_, n) =>
      n === 0
        ? {
            kind: 'tools',
            calls: sums.map(([a, b], index) => ({
              id: `c${index}`,
              name: 'calculator',
              arguments: JSON.stringify({ expression: `${a} + ${b}` }),
            })),
          }
        : { kind: 'text', text: 'done' },
    )
    const run = await api.run(agent({ tools: ['calculator'] }), { input: { topic: 'x' } })
    expect(run.output).toMatchObject({ text: 'done' })
    const second = JSON.stringify(bodies()[1]?.messages)
    for (const [a, b] of sums) expect(second).toContain(String(a + b))
    const recorded = steps(await api.events(run.id))
    expect([...recorded].sort()).toEqual(['m1', ...sums.map((_, index) => `m1.t${index + 1}`), 'm2'].sort())
  })

  it('is told when it writes broken JSON for a tool, or names none that it has', async () => {
    fresh()
    const name = word('no_such_')
    model.script((_, n) => {
      if (n === 0) return { kind: 'tools', calls: [{ id: 'c1', name: 'calculator', arguments: '{"expression": "1+' }] }
      if (n === 1) return { kind: 'tools', calls: [{ id: 'c2', name, arguments: '{}' }] }
      return { kind: 'text', text: 'recovered' }
    })
    const run = await api.run(agent({ tools: ['calculator'] }), { input: { topic: 'x' } })
    expect(run.output).toMatchObject({ text: 'recovered' })
    expect(JSON.stringify(bodies()[1]?.messages)).toMatch(/not a JSON object/)
    expect(JSON.stringify(bodies()[2]?.messages)).toContain(name)
  })

  it('answers by its schema, with one repair, or fails', async () => {
    const n = number()
    const outputSchema = {
      type: 'object',
      properties: { n: { type: 'integer' } },
      required: ['n'],
      additionalProperties: false,
    }
    fresh()
    model.script((_, turn) => ({ kind: 'json', value: turn === 0 ? { n: 'many' } : { n } }))
    const run = await api.run(agent({ outputSchema }), { input: { topic: 'x' } })
    expect(run.output).toMatchObject({ data: { n } })
    expect(steps(await api.events(run.id))).toEqual(['m1', 'm2'])
    expect(bodies()[0]?.response_format).toMatchObject({ type: 'json_schema' })
    model.script(() => ({ kind: 'text', text: 'no JSON at all' }))
    const failed = await api.run(agent({ outputSchema }, { retry: { max: 0 } }), { input: { topic: 'x' } })
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'invalid_output', path: 'write' } })
  })

  it('stops after its most steps, the last one without tools', async () => {
    fresh()
    model.script((request, turn) =>
      'tools' in request.body
        ? { kind: 'tools', calls: [{ name: 'calculator', arguments: `{"expression":"${turn}+1"}` }] }
        : { kind: 'text', text: 'enough' },
    )
    const maxSteps = number(2, 5)
    const run = await api.run(agent({ tools: ['calculator'], maxSteps }), { input: { topic: 'x' } })
    expect(run.output).toMatchObject({ text: 'enough' })
    expect(model.requests).toHaveLength(maxSteps)
  })

  it('is never paid for twice: a retried node goes on behind its last recorded step', async () => {
    fresh()
    model.script((_, n) => {
      if (n === 0) return { kind: 'tools', calls: [{ id: 'c1', name: 'current_time', arguments: '{}' }] }
      return n === 1 ? { kind: 'error', status: 500 } : { kind: 'text', text: 'done' }
    })
    const run = await api.run(agent({ tools: ['current_time'] }), { input: { topic: 'x' } })
    expect(run.output).toMatchObject({ text: 'done' })
    expect(model.requests).toHaveLength(3)
    expect(steps(await api.events(run.id))).toEqual(['m1', 'm1.t1', 'm2'])
  })
})

describe('an agent in a role', () => {
  it('speaks as the role says and is offered only the tools that it allows', async () => {
    const [persona, topic, output] = [word('persona'), word('topic'), word('output')]
    fresh()
    model.script(() => ({ kind: 'text', text: 'fine' }))
    const roles = {
      critic: {
        persona,
        model: modelOf(model),
        allowedTools: ['calculator'],
        forbiddenTopics: [topic],
        requiredOutputs: [output],
      },
    }
    const one = node('one', 'agent', { role: 'critic', prompt: 'x', tools: ['calculator', 'current_time'] })
    const run = await api.run({ ...chainOf(inputOf(), one, outputOf('{{ one.text }}')), roles })
    expect(run.output).toBe('fine')
    const [asked] = bodies()
    for (const part of [persona, topic, output]) expect(JSON.stringify(asked?.messages)).toContain(part)
    expect(asked?.tools).toMatchObject([{ function: { name: 'calculator' } }])
    expect(asked?.tools).toHaveLength(1)
    const lost = chainOf(inputOf(), node('one', 'agent', { role: word(), prompt: 'x' }), outputOf('x'))
    expect(await api.post('/runs', { graph: lost })).toMatchObject({
      status: 422,
      body: { problems: [{ nodeId: 'one' }] },
    })
  })

  it.each([
    ['assisted', 'waiting', 'waiting'],
    ['supervised', 'completed', 'waiting'],
    ['managed', 'completed', 'completed'],
    ['full', 'completed', 'completed'],
  ])('that is %s: a tool that reads is %s, one that may write is %s', async (autonomy, read, write) => {
    const use = async (name: string, given: object) => {
      model.script((_, n) =>
        n === 0
          ? { kind: 'tools', calls: [{ id: 'c1', name, arguments: JSON.stringify(given) }] }
          : { kind: 'text', text: 'done' },
      )
      const run = await api.run(agent({ autonomy, tools: [name] }), { input: { topic: 'x' } })
      if (run.status === 'waiting') await api.post(`/runs/${run.id}/cancel`)
      return run.status
    }
    expect(await use('calculator', { expression: '1+1' })).toBe(read)
    expect(await use('http_request', { url: 'http://127.0.0.1:9/', method: 'POST' })).toBe(write)
  })
})

describe('the simulated model', () => {
  it('answers the same words to the same question, fits a schema, and says what it is', async () => {
    const topic = word('topic')
    const outputSchema = {
      type: 'object',
      properties: { title: { type: 'string', minLength: 3 }, score: { type: 'integer', minimum: 3, maximum: 7 } },
      required: ['title', 'score'],
    }
    const ask = () => api.run(agent({ model: 'simulated', outputSchema }), { input: { topic } })
    const [one, two] = [await ask(), await ask()]
    expect(one.output).toEqual(two.output)
    expect(one).toMatchObject({ status: 'completed', simulated: true, usage: { cost: 0 } })
    const { data } = one.output as { data: { title: string; score: number } }
    expect(data.score).toBeGreaterThanOrEqual(3)
    expect(data.score).toBeLessThanOrEqual(7)
    expect((await api.events(one.id)).find(({ type }) => type === 'step.completed')).toMatchObject({ simulated: true })
  })
})

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { type Api, openApi } from '../testing/api'
import { type RunningBaton, startBaton } from '../testing/baton'
import { word } from '../testing/chance'
import { chainOf, field, type Graph, graphOf, inputOf, node, outputOf } from '../testing/graph'

let baton: RunningBaton
let api: Api
beforeAll(async () => {
  baton = await startBaton()
  api = await openApi(baton)
})
afterAll(() => baton?.stop())

const load = (text: string) => api.post('/workflows/import', { text })
const exported = async (id: unknown, format: string) =>
  (await api.ask('GET', `/workflows/${id}/export?format=${format}`)).text

const anyText = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .filter((text) => !text.includes('\u0000') && text.isWellFormed() && !/\{[{%]/.test(text))
const plainText = anyText.filter((text) => text.trim() !== '')
/** Well-formed graphs: a chain of steps with all the options of a node, notes and a box. */
const anyGraph = fc
  .record({
    name: plainText,
    description: anyText,
    texts: fc.array(anyText, { minLength: 1, maxLength: 6 }),
    json: fc
      .jsonValue({ maxDepth: 3 })
      .map((value) => JSON.parse(JSON.stringify(value).replaceAll('__proto__', 'proto').replaceAll('-0', '0'))),
    x: fc.integer(),
    y: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((value) => value + 0),
    retry: fc.record({ max: fc.nat(20), delayMs: fc.nat(1_000), backoff: fc.constantFrom('fixed', 'exponential') }),
    onError: fc.constantFrom('fail', 'continue'),
    count: fc.integer({ min: 1, max: 8 }),
  })
  .map(({ name, description, texts, json, x, y, retry, onError, count }): Graph => {
    const steps = Array.from({ length: count }, (_, index) =>
      node(
        `step${index}`,
        'transform',
        { template: texts[index % texts.length] ?? '' },
        { name: `Step ${index}`, position: { x, y }, retry, onError, timeoutSeconds: index + 1 },
      ),
    )
    return graphOf(
      [
        inputOf(field('start_field', 'json', { default: json })),
        ...steps,
        node('aside', 'note', { text: texts.join('\n') }),
        outputOf('{{ input }}'),
      ],
      [['start', ...steps.map(({ id }) => id), 'done'].join(' ')],
      {
        name,
        description,
        budget: { maxSteps: count },
        template: { tags: ['a', 'b'], difficulty: 'easy', sampleInput: { start_field: json } },
      },
    )
  })

describe('the graph format', () => {
  it('comes back as it went, as JSON and as YAML, again and again', async () => {
    await fc.assert(
      fc.asyncProperty(anyGraph, async (graph) => {
        const made = await load(JSON.stringify(graph))
        expect({ status: made.status, text: made.status === 201 ? '' : made.text }).toEqual({ status: 201, text: '' })
        expect(made.body.graph).toEqual(graph)
        const [yaml, json] = await Promise.all([exported(made.body.id, 'yaml'), exported(made.body.id, 'json')])
        expect(JSON.parse(json)).toEqual(graph)
        expect(parse(yaml)).toEqual(graph)
        const again = await load(yaml)
        expect(again.body.graph).toEqual(graph)
        expect(await exported(again.body.id, 'yaml')).toBe(yaml)
        expect(await exported(again.body.id, 'json')).toBe(json)
      }),
      { numRuns: 25 },
    )
  })

  it('is the same whatever the order of its keys, and is written in one order', async () => {
    const graph = chainOf(
      inputOf(field('topic')),
      node('tell', 'transform', { template: word() }),
      outputOf('{{ tell }}'),
    )
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [key, turned(inner)]),
      )
    }
    const [one, two] = [await load(stringify(graph)), await load(JSON.stringify(turned(graph)))]
    expect(await exported(one.body.id, 'yaml')).toBe(await exported(two.body.id, 'yaml'))
    expect((await exported(two.body.id, 'yaml')).startsWith('baton: 1\nname:')).toBe(true)
  })

  it('is published as a JSON Schema', async () => {
    const { status, body } = await api.ask('GET', '/schema/graph.v1.json', undefined, { key: null })
    expect(status).toBe(200)
    expect(String(body.$schema)).toContain('json-schema.org/draft/2020-12')
    const text = JSON.stringify(body)
    for (const kind of [
      'input',
      'output',
      'agent',
      'team',
      'router',
      'condition',
      'map',
      'loop',
      'merge',
      'approval',
      'gate',
      'transform',
      'code',
      'http',
      'tool',
      'wait',
      'workflow',
      'note',
    ])
      expect(text).toContain(`"${kind}"`)
  })

  it.each([
    ['at the top', (graph: Graph, key: string) => ({ ...graph, [key]: 1 }), (key: string) => key],
    [
      'in a node',
      (graph: Graph, key: string) => ({ ...graph, nodes: graph.nodes.map((one) => ({ ...one, [key]: 1 })) }),
      (key: string) => `nodes[1].${key}`,
    ],
    [
      'in a config',
      (graph: Graph, key: string) => ({
        ...graph,
        nodes: graph.nodes.map((one) => ({ ...one, config: { ...one.config, [key]: 1 } })),
      }),
      (key: string) => `nodes[1].config.${key}`,
    ],
    [
      'in an edge',
      (graph: Graph, key: string) => ({ ...graph, edges: graph.edges.map((one) => ({ ...one, [key]: 1 })) }),
      (key: string) => `edges[0].${key}`,
    ],
  ])('refuses an unknown key %s, with its path', async (_, spoil, place) => {
    const key = word('key')
    const graph = chainOf(inputOf(), outputOf('x'))
    for (const answer of [await load(JSON.stringify(spoil(graph, key))), await load(stringify(spoil(graph, key)))]) {
      expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_graph' } })
      expect((answer.body.problems as { path: string }[]).map(({ path }) => path)).toContain(place(key))
    }
  })

  it.each([
    '{',
    'a: [',
    '- a\n- b',
    '"text"',
    'baton: 1\nname: x',
    'a: &a [*a]',
    `${'- '.repeat(2_000)}x`,
    '!!js/function "x"',
  ])('refuses what is none (%j) and says why', async (text) => {
    const answer = await load(text)
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_graph' } })
    expect((answer.body.problems as { message: string }[])[0]?.message.length).toBeGreaterThan(10)
  })
})

describe('compile', () => {
  it('names every problem at once: code, node, field and how to mend it', async () => {
    const typo = 'serach'
    const graph = graphOf(
      [
        inputOf(field('topic')),
        node('search', 'transform', { template: `{{ ${typo}.topic }} {{ start.topik }}` }),
        node('ask', 'condition', { expression: 'start.topic ==' }),
        node('helper', 'agent', { prompt: 'x', tools: [word('tool_')] }),
        node('each', 'map', { items: 'start.topic' }),
        node('crew', 'team', { mode: 'debate', goal: 'x' }),
        outputOf('{{ done.x }}'),
      ],
      ['start search ask:yes helper each crew done', 'done search'],
    )
    const made = await api.post('/workflows', { graph })
    expect(made.status).toBe(201)
    const problems = made.body.problems as {
      code: string
      nodeId?: string
      field?: string
      message: string
      severity: string
    }[]
    const errors = problems.filter(({ severity }) => severity === 'error')
    expect(errors.length).toBeGreaterThanOrEqual(5)
    const blamed = new Set(errors.map(({ nodeId }) => nodeId))
    for (const id of ['search', 'helper', 'crew']) expect(blamed).toContain(id)
    for (const { code, message } of errors) {
      expect(code).toMatch(/^[a-z_]+$/)
      expect(message).toMatch(/[.!?]$/)
      expect(message.length).toBeGreaterThan(15)
    }
    const published = await api.post(`/workflows/${made.body.id}/publish`)
    expect((published.body.problems as unknown[]).length).toBe(problems.length)
  })

  const base = (template: string) =>
    chainOf(
      inputOf(field('topic')),
      node('first', 'transform', { template: 'x' }),
      node('second', 'transform', { template }),
      outputOf('x'),
    )
  it.each([
    ['an unknown node, with the nearest name', base('{{ frist }}'), /first/],
    ['an unknown field, with the nearest name', base('{{ start.topci }}'), /topic/],
    [
      'a node that comes later',
      chainOf(
        inputOf(),
        node('first', 'transform', { template: '{{ second }}' }),
        node('second', 'transform', { template: 'x' }),
        outputOf('x'),
      ),
      /second/,
    ],
    [
      'a cycle',
      graphOf(
        [
          inputOf(),
          node('a', 'transform', { template: 'x' }),
          node('b', 'transform', { template: 'x' }),
          outputOf('x'),
        ],
        ['start a b a', 'b done'],
      ),
      /loop|cycle|circle/i,
    ],
    [
      'a port that there is not',
      graphOf([inputOf(), node('ask', 'condition', { expression: 'true' }), outputOf('x')], ['start ask:maybe done']),
      /true/,
    ],
    [
      'an edge without the port that it needs',
      graphOf([inputOf(), node('ask', 'condition', { expression: 'true' }), outputOf('x')], ['start ask done']),
      /true|port/,
    ],
    ['an unknown kind', chainOf(inputOf(), node('a', 'transfrom', {}), outputOf('x')), /transform/],
    [
      'two nodes of one id',
      chainOf(
        inputOf(),
        node('a', 'transform', { template: 'x' }),
        node('a', 'transform', { template: 'y' }),
        outputOf('x'),
      ),
      /a/,
    ],
    ['an edge to nowhere', graphOf([inputOf(), outputOf('x')], ['start done', 'start nowhere']), /nowhere/],
    [
      'a parent that is no box',
      graphOf(
        [inputOf(), node('a', 'transform', { template: 'x' }, { parent: 'start' }), outputOf('x')],
        ['start done'],
      ),
      /start|box/,
    ],
    [
      'a result that is ambiguous',
      graphOf(
        [
          inputOf(field('l', 'json')),
          node('each', 'map', { items: 'start.l' }),
          node('a', 'transform', { template: 'x' }, { parent: 'each' }),
          node('b', 'transform', { template: 'x' }, { parent: 'each' }),
          outputOf('x'),
        ],
        ['start each done'],
      ),
      /output/i,
    ],
    ['a secret in a template', base('{{ secret.key }}'), /secret/],
    [
      'an expression that can not be read',
      chainOf(
        inputOf(),
        node('each', 'map', { items: '[1, ' }),
        node('a', 'transform', { template: 'x' }, { parent: 'each' }),
        outputOf('x'),
      ),
      /./,
    ],
  ])('tells of %s', async (_, graph, words) => {
    const answer = await api.post('/runs', { graph, input: {} })
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_graph' } })
    const problems = answer.body.problems as { message: string; severity: string }[]
    expect(
      problems
        .filter(({ severity }) => severity === 'error')
        .map(({ message }) => message)
        .join(' '),
    ).toMatch(words)
  })

  it.each([12, 300])('takes a graph of %i nodes', async (count) => {
    const steps = Array.from({ length: count }, (_, index) =>
      node(`n${index}`, 'transform', { template: index === 0 ? 'go' : `{{ n${index - 1} }}` }),
    )
    const run = await api.run(chainOf(inputOf(), ...steps, outputOf(`{{ n${count - 1} }}`)))
    expect(run.output).toBe('go')
    expect(run.nodes).toHaveLength(count + 2)
  })
})

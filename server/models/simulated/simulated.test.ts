import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '@/engine/json'
import type { ModelRequest } from '@/engine/model/types'
import { checkSchema } from '@/engine/schema/check-schema'
import { validateJson } from '@/engine/schema/json-schema'
import { askSimulated, simulate } from '@/server/models/simulated/simulated'
import { failureOf } from '@/server/models/testing/ask'

const asking = (content: string, more: Partial<ModelRequest> = {}): ModelRequest => ({
  model: 'default',
  messages: [{ role: 'user', content }],
  ...more,
})
const signal = new AbortController().signal
const dataFor = (schema: JsonObject, prompt = 'Write about green tea') =>
  JSON.parse(simulate(asking(prompt, { outputSchema: schema })).text) as Json

describe('simulated prose', () => {
  it('is about what was asked', () => {
    expect(simulate(asking('Write about green tea in Japan')).text).toContain('green tea in Japan')
    expect(simulate(asking('Plan the launch of our website')).text).toMatch(/1\. .*\n2\. .*\n3\. /)
    expect(simulate(asking('Give me 5 ideas for a garden party')).text.match(/^- /gm)).toHaveLength(5)
    expect(simulate(asking('Say "good morning"')).text).toBe('good morning')
    expect(simulate(asking('Describe tea in one sentence.')).text).not.toContain('\n')
  })

  it('a summary is made of sentences of the text', () => {
    const text =
      'Bees live in hives with other bees. A hive of bees has one queen. The weather was nice on that day. Bees dance for bees.'
    const summary = simulate(asking(`Summarise this text:\n\n${text}`)).text
    const lines = summary.split('\n').filter((line) => line.startsWith('- '))
    expect(lines).toHaveLength(3)
    for (const line of lines) expect(text).toContain(line.slice(2))
  })

  it('takes wishes about the form from the first line only, not from a text it was handed', () => {
    const { text } = simulate(
      asking('Review this:\n\nIn one sentence. Say "boo". Give me 1 point about bees. And more.'),
    )
    expect(text.split('\n').length).toBeGreaterThan(4)
  })

  it('a revision is the text, shorter', () => {
    const draft =
      '## Bees\n\nBees dance. They also do many other things that take rather long to tell. They rest. They fly.'
    expect(simulate(asking(`Improve this text:\n\n${draft}`)).text).toBe('## Bees\n\nBees dance.  They rest. They fly.')
  })

  it('is the same for the same input, whatever the alias, and another for another', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (prompt) => {
        const text = simulate(asking(prompt)).text
        expect(text).not.toBe('')
        expect(simulate(asking(prompt, { model: 'smart' })).text).toBe(text)
      }),
    )
    const texts = ['tea', 'coffee', 'milk'].map((topic) => simulate(asking(`Write about ${topic}`)).text)
    expect(new Set(texts).size).toBe(3)
  })

  it('is quick to think, even about a wall of text', () => {
    const walls = ['a', '1', '\n', '# ', 'a b ', '.', '@', '"', 'a@a', '12 + ', 'Say "'].map((piece) =>
      piece.repeat(50_000),
    )
    for (const wall of walls) {
      const started = performance.now()
      simulate(
        asking(wall, {
          outputSchema: { type: 'object', properties: { email: { type: 'string' }, expression: { type: 'string' } } },
        }),
      )
      simulate(asking(wall))
      expect(performance.now() - started).toBeLessThan(1_000)
    }
  })

  it('is cut at the token limit and says so', () => {
    const cut = simulate(asking('Write about green tea', { maxOutputTokens: 12 }))
    expect(cut.finish).toBe('length')
    expect(simulate(asking('Write about green tea')).text.startsWith(cut.text)).toBe(true)
  })
})

describe('a simulated call', () => {
  it('is labelled, counted and free', async () => {
    const answer = await askSimulated(asking('Write about tea'), { signal, simulatedPace: 0 })
    expect(answer).toMatchObject({
      simulated: true,
      cost: 0,
      model: 'simulated',
      connection: 'simulated',
      finish: 'stop',
    })
    expect(answer.usage.inputTokens).toBeGreaterThan(5)
    expect(answer.usage.outputTokens).toBeGreaterThan(20)
  })

  it('streams in pieces that make up the answer, within 1.5 s', async () => {
    const deltas: string[] = []
    const started = performance.now()
    const onDelta = (text: string) => void deltas.push(text)
    const answer = await askSimulated(asking('Write about tea'), { signal, onDelta })
    expect(performance.now() - started).toBeLessThan(1_900)
    expect(deltas.length).toBeGreaterThan(5)
    expect(deltas.join('')).toBe(answer.text)
  })

  it('can be cancelled in the middle of a word', async () => {
    const abort = new AbortController()
    const call = askSimulated(asking('Write about tea'), { signal: abort.signal, onDelta: () => abort.abort() })
    expect((await failureOf(call)).code).toBe('cancelled')
  })
})

describe('simulated JSON', () => {
  it('fits its schema', () => {
    const table: JsonObject[] = [
      { type: 'string', maxLength: 7 },
      { type: 'string', minLength: 300 },
      { type: 'string', pattern: '^[A-Z]{2,4}-\\d{3}(-(alpha|beta))?$' },
      { type: 'string', pattern: '^\\w+@\\w+\\.(com|org)$', maxLength: 20 },
      { type: 'integer', exclusiveMinimum: 3, exclusiveMaximum: 5 },
      { type: 'number', minimum: 0.1, maximum: 0.9, multipleOf: 0.1 },
      { type: 'integer', multipleOf: 25, minimum: 1 },
      { type: ['null', 'integer'], maximum: -4 },
      { enum: ['red', 'green', null] },
      { const: { a: [1] } },
      { type: 'array', items: { type: 'integer', minimum: 0, maximum: 5 }, minItems: 6, uniqueItems: true },
      { type: 'array', prefixItems: [{ type: 'string' }, { type: 'boolean' }], items: false, minItems: 2 },
      {
        allOf: [
          { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
          { required: ['b'], properties: { b: { minimum: 2 } } },
        ],
      },
      { oneOf: [{ type: 'object', required: ['x'], properties: { x: { const: 1 } } }, { type: 'null' }] },
      {
        $ref: '#/$defs/tree',
        $defs: {
          tree: {
            type: 'object',
            required: ['name'],
            properties: { name: { type: 'string' }, kids: { type: 'array', items: { $ref: '#/$defs/tree' } } },
          },
        },
      },
      { type: 'object', additionalProperties: { type: 'number' }, minProperties: 2 },
    ]
    for (const schema of table) {
      expect(checkSchema(schema)).toEqual([])
      expect({ schema, problems: validateJson(schema, dataFor(schema)) }).toEqual({ schema, problems: [] })
    }
  })

  it('fits any generated schema', () => {
    const bounds = fc
      .tuple(fc.integer({ min: -50, max: 50 }), fc.nat(40))
      .map(([low, more]) => ({ low, high: low + more }))
    const leaf: fc.Arbitrary<JsonObject> = fc.oneof(
      bounds.map(({ low, high }) => ({ type: 'integer', minimum: low, maximum: high })),
      bounds.map(({ low, high }) => ({ type: 'number', minimum: low, maximum: high })),
      fc
        .tuple(fc.nat(30), fc.nat(30))
        .map(([least, more]) => ({ type: 'string', minLength: least, maxLength: least + more })),
      fc
        .array(fc.oneof(fc.string(), fc.integer(), fc.constant(null)), { minLength: 1 })
        .map((options) => ({ enum: options })),
      fc.constant({ type: 'boolean' }),
    )
    const { schema } = fc.letrec<{ schema: JsonObject }>((tie) => ({
      schema: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc
          .tuple(tie('schema'), fc.nat(3), fc.nat(3))
          .map(([items, least, more]) => ({ type: 'array', items, minItems: least, maxItems: least + more })),
        fc
          .tuple(fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), tie('schema'), { maxKeys: 4 }), fc.boolean())
          .map(([properties, all]) => ({
            type: 'object',
            properties,
            required: all ? Object.keys(properties) : [],
            additionalProperties: false,
          })),
        fc.tuple(tie('schema'), tie('schema')).map((anyOf) => ({ anyOf })),
      ),
    }))
    fc.assert(
      fc.property(schema, fc.string(), (wanted, prompt) => {
        expect(validateJson(wanted, dataFor(wanted, prompt))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('uses words of the prompt and keeps titles short', () => {
    const properties = { title: { type: 'string', maxLength: 40 }, tags: { type: 'array', items: { type: 'string' } } }
    const data = dataFor(
      { type: 'object', required: ['title', 'tags'], properties },
      'Write about solar powered bike locks',
    )
    expect(JSON.stringify(data)).toContain('solar powered bike')
  })

  it('grades well, so that a first demo passes its gate', () => {
    const properties = { score: { type: 'number', minimum: 0, maximum: 1 }, passed: { type: 'boolean' } }
    expect(dataFor({ type: 'object', required: ['score', 'passed'], properties })).toMatchObject({ passed: true })
    expect(Reflect.get(Object(dataFor({ properties })), 'score')).toBeGreaterThanOrEqual(0.8)
  })

  it('chooses the option that the prompt names', () => {
    const schema = {
      type: 'object',
      required: ['route'],
      properties: { route: { enum: ['billing', 'support', 'sales'] } },
    }
    expect(dataFor(schema, 'A question about billing: why twice?')).toEqual({ route: 'billing' })
  })

  it('chooses the option whose description fits, and not the one for everything else', () => {
    const outputSchema = {
      type: 'object',
      required: ['route'],
      properties: { route: { enum: ['a', 'b', 'otherwise'] } },
    }
    const system = { role: 'system', content: 'Choose:\n- a: invoices and refunds\n- b: broken screens' } as const
    const routeOf = (content: string) =>
      simulate({ model: 'm', messages: [system, { role: 'user', content }], outputSchema }).text
    expect(routeOf('My screen arrived with two refunds')).toBe('{"route":"a"}')
    expect(routeOf('Why are all screens dark?')).toBe('{"route":"b"}')
    for (const word of ['x', 'y', 'z', 'u', 'v']) expect(routeOf(word)).not.toContain('otherwise')
  })

  it('a schema that asks for far too much is not obeyed for ever', () => {
    const greedy: JsonObject[] = [
      {
        type: 'array',
        minItems: 1e9,
        items: { type: 'array', minItems: 1e9, items: { type: 'array', minItems: 1e9 } },
      },
      { type: 'string', minLength: 1e9 },
      { type: 'string', pattern: '((((^*)*)*)*)*[a-z]{9}' },
      { type: 'object', minProperties: 1e9 },
      { $ref: '#' },
    ]
    for (const schema of greedy) {
      const started = performance.now()
      simulate(asking('x', { outputSchema: schema }))
      expect(performance.now() - started).toBeLessThan(2_000)
    }
  })
})

describe('simulated tool calls', () => {
  const tool = (name: string, field: string) => ({
    name,
    description: `The ${name} tool`,
    parameters: { type: 'object', required: [field], properties: { [field]: { type: 'string' } } },
  })
  const tools = [tool('current_time', 'timezone'), tool('calculator', 'expression'), tool('http_request', 'url')]

  it('choose the tool that fits, with arguments out of the prompt', () => {
    const sums = simulate(asking('What is 12 * 7 + 3?', { tools }))
    expect(sums).toMatchObject({
      finish: 'tools',
      toolCalls: [{ name: 'calculator', arguments: { expression: '12 * 7 + 3' } }],
    })
    const fetched = simulate(asking('Fetch https://example.org/a?b=1, please.', { tools }))
    expect(fetched.toolCalls[0]).toMatchObject({
      name: 'http_request',
      arguments: { url: 'https://example.org/a?b=1' },
    })
  })

  it('never make an address up', () => {
    fc.assert(
      fc.property(fc.string(), (prompt) => {
        fc.pre(!prompt.includes('http'))
        const { toolCalls } = simulate(asking(prompt, { tools }))
        expect(toolCalls.length).toBeGreaterThan(0)
        expect(toolCalls.map((call) => call.name)).not.toContain('http_request')
      }),
    )
    expect(simulate(asking('Hi', { tools: tools.slice(2) })).finish).toBe('stop')
  })

  it('happen in one round, and the answer reports what came back', () => {
    const first = simulate(asking('What is 6 * 7?', { tools }))
    const [call] = first.toolCalls
    const second = simulate({
      model: 'default',
      tools,
      messages: [
        { role: 'user', content: 'What is 6 * 7?' },
        { role: 'assistant', content: '', toolCalls: first.toolCalls },
        { role: 'tool', toolCallId: call?.id ?? '', content: '42' },
      ],
    })
    expect(second.finish).toBe('stop')
    expect(second.text).toContain('`calculator` answered: 42')
  })
})

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import { callModel } from '@/server/models/call-model'
import { askAt, bookAt, failureOf, optionsFor, request, testKey } from '@/server/models/testing/ask'
import { type ModelServer, startModelServer } from '@/server/models/testing/model-server'
import type { Reply } from '@/server/models/testing/replies'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
})
afterAll(() => server.close())

/** Answers with these in order, the last one again and again. */
const replyWith = (...replies: [Reply, ...Reply[]]) => {
  server.requests.length = 0
  server.script((_, n) => replies[Math.min(n, replies.length - 1)] ?? replies[0])
}
const ways = ['in one piece', 'streamed'] as const
const streaming = (way: (typeof ways)[number], onDelta: (text: string) => void = () => {}) =>
  way === 'streamed' ? { onDelta } : {}
const sentBody = (n = 0): Record<string, Json> => ({ ...server.requests[n]?.body })

describe.each(ways)('an answer %s', (way) => {
  it('arrives with its text, usage and the model that gave it', async () => {
    replyWith({
      kind: 'text',
      text: 'Tea is a plant.',
      usage: { prompt_tokens: 12, completion_tokens: 5, cached_tokens: 4 },
    })
    const deltas: string[] = []
    expect(
      await askAt(
        server.url,
        streaming(way, (text) => deltas.push(text)),
      ),
    ).toEqual({
      text: 'Tea is a plant.',
      toolCalls: [],
      finish: 'stop',
      usage: { inputTokens: 12, outputTokens: 5, cachedTokens: 4 },
      model: 'test-model',
      connection: 'local',
      simulated: false,
      cost: null,
    })
    expect(deltas.join('')).toBe(way === 'streamed' ? 'Tea is a plant.' : '')
    expect(sentBody().stream ?? false).toBe(way === 'streamed')
    expect(server.requests[0]?.headers['idempotency-key']).toBe('run1:write:m1')
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${testKey}`)
  })

  it('keeps any text as it was', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(text, async (said) => {
        replyWith({ kind: 'text', text: said })
        const deltas: string[] = []
        const answer = await askAt(
          server.url,
          streaming(way, (piece) => deltas.push(piece)),
        )
        expect(answer.text).toBe(said.trim() === '' && way === 'streamed' ? '' : said)
        if (way === 'streamed') expect(deltas.join('')).toBe(answer.text)
      }),
      { numRuns: 40 },
    )
  })

  it('keeps tool calls, their order and their arguments, whatever is in them', async () => {
    const args = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })
    const calls = fc.array(fc.record({ name: fc.constantFrom('search', 'add'), args }), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(calls, async (wanted) => {
        replyWith({ kind: 'tools', calls: wanted.map(({ name, args }) => ({ name, arguments: JSON.stringify(args) })) })
        const answer = await askAt(server.url, streaming(way))
        expect(answer.finish).toBe('tools')
        const plain = wanted.map(({ name, args }, n) => ({
          id: `call_${n + 1}`,
          name,
          arguments: JSON.parse(JSON.stringify(args)),
        }))
        expect(answer.toolCalls).toEqual(plain)
      }),
      { numRuns: 30 },
    )
  })

  it('hands broken tool arguments over as they were written', async () => {
    const broken = ['{"city": "Par', 'not json', '[1]', '"text"', '7']
    replyWith({ kind: 'tools', calls: [...broken, ''].map((each) => ({ name: 'weather', arguments: each })) })
    const answer = await askAt(server.url, streaming(way))
    expect(answer.toolCalls.map((call) => call.arguments)).toEqual([...broken.map((invalid) => ({ invalid })), {}])
  })

  it('says that it was cut off by the token limit', async () => {
    replyWith({ kind: 'text', text: 'And then', finish: 'length' })
    expect((await askAt(server.url, streaming(way))).finish).toBe('length')
  })

  it('counts by estimate when the endpoint counts nothing, and says so', async () => {
    replyWith({ kind: 'text', text: 'Some words here.', usage: null })
    const { usage } = await askAt(server.url, streaming(way))
    expect(usage).toMatchObject({ estimated: true })
    expect(usage.inputTokens).toBeGreaterThan(0)
    expect(usage.outputTokens).toBeGreaterThan(0)
  })

  it('a refusal is an answer that was paid for', async () => {
    replyWith(
      { kind: 'refusal', text: 'I cannot help with that.' },
      { kind: 'text', text: 'Half', finish: 'content_filter' },
    )
    const refused = await askAt(server.url, streaming(way))
    expect(refused).toMatchObject({ finish: 'refused', text: 'I cannot help with that.' })
    expect((await askAt(server.url, streaming(way))).finish).toBe('refused')
  })

  it('a connection cut in the middle can be tried again', async () => {
    replyWith({ kind: 'cut', afterTokens: 3 })
    expect(await failureOf(askAt(server.url, streaming(way)))).toMatchObject({ code: 'network', retry: {} })
  })

  it('cancelling ends a stalled call at once and cuts the connection', async () => {
    replyWith({ kind: 'stall', afterTokens: 2 })
    const before = server.aborted()
    const abort = new AbortController()
    const call = failureOf(askAt(server.url, { ...streaming(way), signal: abort.signal }))
    await expect.poll(() => server.requests.length).toBe(1)
    const started = performance.now()
    abort.abort()
    expect(await call).toMatchObject({ code: 'cancelled' })
    expect(performance.now() - started).toBeLessThan(500)
    await expect.poll(() => server.aborted()).toBeGreaterThan(before)
  })

  it('a call that was cancelled before it began never reaches the endpoint', async () => {
    replyWith({ kind: 'text', text: 'late' })
    const failure = await failureOf(askAt(server.url, { ...streaming(way), signal: AbortSignal.abort() }))
    expect(failure.code).toBe('cancelled')
    expect(server.requests).toHaveLength(0)
  })

  it('an answer that is no answer can be tried again', async () => {
    replyWith({ kind: 'raw', status: 200, contentType: 'application/json', body: '{"choices":[]}' })
    expect(await failureOf(askAt(server.url, streaming(way)))).toMatchObject({ code: 'provider_error', retry: {} })
    replyWith({ kind: 'raw', status: 200, contentType: 'application/json', body: '<html>' })
    expect(await failureOf(askAt(server.url, streaming(way)))).toMatchObject({ code: 'provider_error', retry: {} })
  })
})

describe('a stream', () => {
  it('that goes quiet between two words fails after the idle time', async () => {
    replyWith({ kind: 'stall', afterTokens: 2 })
    const deltas: string[] = []
    const options = { onDelta: (text: string) => void deltas.push(text), timeouts: { idleMs: 40 } }
    expect(await failureOf(askAt(server.url, options))).toMatchObject({ code: 'network', retry: {} })
    expect(deltas).toEqual(['word ', 'word '])
  })

  it('may be slow as long as it goes on', async () => {
    replyWith({ kind: 'tokens', tokens: 12, firstTokenMs: 120, perTokenMs: 20 })
    const answer = await askAt(server.url, { onDelta: () => {}, timeouts: { idleMs: 100, firstMs: 2_000 } })
    expect(answer.text).toBe('word '.repeat(12))
  })

  it('that never begins fails after the longer first time', async () => {
    replyWith({ kind: 'stall', afterTokens: 0 })
    const options = { onDelta: () => {}, timeouts: { firstMs: 50 } }
    expect(await failureOf(askAt(server.url, options))).toMatchObject({ code: 'network', retry: {} })
  })

  it('that ends without saying how is not taken for an answer', async () => {
    replyWith({ kind: 'cut', afterTokens: 3, clean: true })
    expect(await failureOf(askAt(server.url, { onDelta: () => {} }))).toMatchObject({ code: 'network', retry: {} })
  })

  it('with an error inside fails with what the endpoint said, without keys', async () => {
    const body = `data: {"error":{"message":"overloaded for ${testKey}"}}\n\n`
    replyWith({ kind: 'raw', status: 200, contentType: 'text/event-stream', body })
    const failure = await failureOf(askAt(server.url, { onDelta: () => {} }))
    expect(failure).toMatchObject({ code: 'provider_error', retry: {} })
    expect(failure.message).toContain('overloaded')
    expect(failure.message).not.toContain(testKey)
  })

  it('answered in one piece is accepted', async () => {
    const message = { role: 'assistant', content: 'All at once' }
    const body = JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }] })
    replyWith({ kind: 'raw', status: 200, contentType: 'application/json', body })
    const deltas: string[] = []
    const answer = await askAt(server.url, { onDelta: (text) => void deltas.push(text) })
    expect([answer.text, deltas]).toEqual(['All at once', ['All at once']])
  })
})

describe('what is sent', () => {
  it('a whole conversation with tools, temperature and limit', async () => {
    replyWith({ kind: 'text', text: 'ok' })
    const parameters = { type: 'object', properties: { a: { type: 'number' } } }
    await askAt(
      server.url,
      {},
      {
        messages: [
          { role: 'system', content: 'Be kind.' },
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: '', toolCalls: [{ id: 'c1', name: 'add', arguments: { a: 1 } }] },
          { role: 'tool', toolCallId: 'c1', content: '2' },
        ],
        tools: [{ name: 'add', description: 'Adds', parameters }],
        temperature: 0.2,
        maxOutputTokens: 50,
      },
    )
    const call = { id: 'c1', type: 'function', function: { name: 'add', arguments: '{"a":1}' } }
    expect(sentBody()).toEqual({
      model: 'test-model',
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: null, tool_calls: [call] },
        { role: 'tool', tool_call_id: 'c1', content: '2' },
      ],
      tools: [{ type: 'function', function: { name: 'add', description: 'Adds', parameters } }],
      temperature: 0.2,
      max_tokens: 50,
    })
  })

  it('a schema is strict only where every object is closed', async () => {
    replyWith({ kind: 'json', value: { a: 1 } })
    const open = { type: 'object', properties: { a: { type: 'number' } } }
    const closed = { ...open, required: ['a'], additionalProperties: false }
    await askAt(server.url, {}, { outputSchema: open })
    await askAt(server.url, {}, { outputSchema: closed })
    expect(sentBody(0).response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { strict: false, schema: open },
    })
    expect(sentBody(1).response_format).toMatchObject({ json_schema: { strict: true } })
  })

  it('a connection without a key sends none', async () => {
    replyWith({ kind: 'text', text: 'ok' })
    await callModel(request(), optionsFor(bookAt(server.url, { apiKey: null })))
    expect(server.requests[0]?.headers.authorization).toBeUndefined()
  })

  it('is asked again without a schema where the endpoint knows none, and from then on at once', async () => {
    const fussy = await startModelServer({
      script: ({ body }) =>
        body.response_format
          ? { kind: 'error', status: 400, message: 'unknown field' }
          : { kind: 'json', value: { a: 1 } },
    })
    const book = bookAt(fussy.url)
    const outputSchema = { type: 'object' }
    for (let n = 0; n < 2; n += 1) {
      expect((await callModel(request({ outputSchema }), optionsFor(book))).text).toBe('{"a":1}')
    }
    expect(fussy.requests.map(({ body }) => 'response_format' in body)).toEqual([true, false, false])
    expect(JSON.stringify(fussy.requests[1]?.body.messages)).toContain('JSON Schema')
    await fussy.close()
  })

  it('is asked again with the other name of the token limit, and without the wish for usage', async () => {
    const fussy = await startModelServer({
      script: ({ body }) => {
        if ('max_tokens' in body)
          return { kind: 'error', status: 400, message: "Use 'max_completion_tokens' instead of max_tokens" }
        if ('stream_options' in body) return { kind: 'error', status: 400, message: 'stream_options is not supported' }
        return { kind: 'text', text: 'ok' }
      },
    })
    const call = callModel(request({ maxOutputTokens: 9 }), optionsFor(bookAt(fussy.url), { onDelta: () => {} }))
    expect((await call).text).toBe('ok')
    expect(fussy.requests[2]?.body).toMatchObject({ max_completion_tokens: 9 })
    await fussy.close()
  })
})

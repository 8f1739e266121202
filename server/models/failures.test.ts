import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NodeError } from '@/engine/failure'
import { callModel } from '@/server/models/call-model'
import type { ConnectionBook } from '@/server/models/connections'
import { retryAfterMs } from '@/server/models/retry-after'
import { askAt, bookAt, failureOf, optionsFor, request, testKey } from '@/server/models/testing/ask'
import { type ModelServer, startModelServer } from '@/server/models/testing/model-server'
import type { Reply } from '@/server/models/testing/replies'
import type { Attempt } from '@/server/models/types'

let server: ModelServer
let other: ModelServer
beforeAll(async () => {
  server = await startModelServer()
  other = await startModelServer()
})
afterAll(() => Promise.all([server.close(), other.close()]))

const replyWith = (...replies: [Reply, ...Reply[]]) => {
  server.requests.length = 0
  other.requests.length = 0
  server.script((_, n) => replies[Math.min(n, replies.length - 1)] ?? replies[0])
}

describe('an error of the endpoint', () => {
  it.each([
    [500, { code: 'provider_error', retry: {}, httpStatus: 500 }],
    [503, { code: 'provider_error', retry: {}, httpStatus: 503 }],
    [529, { code: 'provider_error', retry: {}, httpStatus: 529 }],
    [408, { code: 'provider_error', retry: {}, httpStatus: 408 }],
    [429, { code: 'rate_limited', retry: {}, httpStatus: 429 }],
  ])('%i may be tried again', async (status, expected) => {
    replyWith({ kind: 'error', status })
    expect(await failureOf(askAt(server.url))).toMatchObject(expected)
    expect(server.requests).toHaveLength(1)
  })

  it.each([
    [400, 'rejected the request (400): Scripted 400'],
    [401, 'did not accept its key (401). Enter a valid key there.'],
    [402, 'has no credit left (402)'],
    [403, 'may not use test-model (403)'],
    [404, 'has no test-model at http://127.0.0.1'],
    [422, 'rejected the request (422)'],
  ])('%i is not tried again and says what to do', async (status, sentence) => {
    replyWith({ kind: 'error', status })
    const failure = await failureOf(askAt(server.url))
    expect(failure).toMatchObject({ code: 'provider_error', httpStatus: status })
    expect(failure.retry).toBeUndefined()
    expect(failure.message).toContain(sentence)
    expect(failure.message).toContain('connection local')
  })

  it('an empty account is not tried again although it says 429', async () => {
    replyWith({ kind: 'error', status: 429, code: 'insufficient_quota' })
    const failure = await failureOf(askAt(server.url))
    expect(failure.message).toContain('no credit left')
    expect(failure.retry).toBeUndefined()
  })

  it('a filtered prompt is a refusal', async () => {
    replyWith({ kind: 'error', status: 400, code: 'content_filter' })
    expect((await failureOf(askAt(server.url))).code).toBe('model_refused')
  })

  it.each([400, 403, 429, 500])('%i never shows a key, not even one the endpoint repeats', async (status) => {
    const message = `Bad key ${testKey} and sk-other-9876543210 in "Bearer abc.def.ghi"`
    replyWith({ kind: 'error', status, message })
    const text = JSON.stringify(await failureOf(askAt(server.url)))
    for (const secret of [testKey, 'sk-other-9876543210', 'abc.def.ghi']) expect(text).not.toContain(secret)
  })

  it('nobody at the address may be tried again and names the reason', async () => {
    const gone = await startModelServer()
    await gone.close()
    const failure = await failureOf(askAt(gone.url))
    expect(failure).toMatchObject({ code: 'network', retry: {} })
    expect(failure.message).toContain('ECONNREFUSED')
  })

  it('what the outbound client refuses keeps its own words', async () => {
    const blocked = () => Promise.reject(new NodeError({ code: 'blocked_address', message: 'Not allowed.' }))
    expect(await failureOf(askAt(server.url, { fetch: blocked }))).toEqual({
      code: 'blocked_address',
      message: 'Not allowed.',
    })
    const wrapped = () =>
      Promise.reject(
        new TypeError('fetch failed', { cause: new NodeError({ code: 'blocked_address', message: 'No.' }) }),
      )
    expect(await failureOf(askAt(server.url, { fetch: wrapped }))).toEqual({ code: 'blocked_address', message: 'No.' })
  })
})

describe('Retry-After', () => {
  const limited = (retryAfter: string): Reply => ({ kind: 'error', status: 429, retryAfter })

  it('is read as seconds, as a date or as milliseconds', () => {
    const now = Date.parse('2026-01-01T00:00:00Z')
    const read = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), now)
    expect(read({ 'retry-after': '7' })).toBe(7_000)
    expect(read({ 'retry-after': '0.5' })).toBe(500)
    expect(read({ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' })).toBe(30_000)
    expect(read({ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' })).toBe(0)
    expect(read({ 'retry-after-ms': '120', 'retry-after': '9' })).toBe(120)
    for (const odd of ['soon', '-5', '']) expect(read({ 'retry-after': odd })).toBeNull()
    expect(retryAfterMs(null)).toBeNull()
  })

  it('a long one is left to the engine', async () => {
    replyWith(limited('30'))
    expect(await failureOf(askAt(server.url))).toMatchObject({ code: 'rate_limited', retry: { afterMs: 30_000 } })
    expect(server.requests).toHaveLength(1)
  })

  it('a short one is waited for, at most twice', async () => {
    replyWith(limited('0.02'), limited('0.02'), { kind: 'text', text: 'now' })
    const attempts: Attempt[] = []
    const answer = await askAt(server.url, { attemptLog: (attempt) => attempts.push(attempt) })
    expect(answer.text).toBe('now')
    expect(attempts.map((attempt) => attempt.failure?.code ?? 'answered')).toEqual([
      'rate_limited',
      'rate_limited',
      'answered',
    ])
    replyWith(limited('0.01'))
    expect((await failureOf(askAt(server.url))).code).toBe('rate_limited')
    expect(server.requests).toHaveLength(3)
  })

  it('cancelling ends the wait', async () => {
    replyWith(limited('2'))
    const abort = new AbortController()
    const attemptLog = () => abort.abort()
    const started = performance.now()
    expect((await failureOf(askAt(server.url, { signal: abort.signal, attemptLog }))).code).toBe('cancelled')
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})

describe('the fallback', () => {
  const bookWith = (fallback: string): ConnectionBook => ({
    connections: [
      ...bookAt(server.url, { fallback }).connections,
      {
        name: 'second',
        baseUrl: other.url,
        apiKey: null,
        models: ['spare'],
        prices: { spare: { input: 1, output: 1 } },
      },
    ],
    aliases: { ...bookAt(server.url).aliases, sim: { kind: 'simulated' } },
  })
  const ask = (fallback: string, more = {}) => callModel(request(), optionsFor(bookWith(fallback), more))

  it.each([500, 429, 401, 404])('answers when the primary says %i, and the answer tells', async (status) => {
    replyWith({ kind: 'error', status })
    expect(await ask('second/spare')).toMatchObject({
      text: 'Hello from the model server.',
      model: 'spare',
      connection: 'second',
      fallbackFrom: 'local/test-model',
      simulated: false,
    })
    expect(other.requests).toHaveLength(1)
  })

  it('is left alone when the request itself is wrong, or was cancelled', async () => {
    replyWith({ kind: 'error', status: 400 })
    expect((await failureOf(ask('second/spare'))).httpStatus).toBe(400)
    expect((await failureOf(ask('second/spare', { signal: AbortSignal.abort() }))).code).toBe('cancelled')
    expect(other.requests).toHaveLength(0)
  })

  it('is never the simulated model in place of a configured one', async () => {
    replyWith({ kind: 'error', status: 500 })
    for (const name of ['simulated', 'sim']) expect((await failureOf(ask(name))).code).toBe('provider_error')
  })

  it('starts its text over: what the primary had said is void', async () => {
    replyWith({ kind: 'cut', afterTokens: 2 })
    const deltas: [string, number][] = []
    const answer = await ask('second/spare', { onDelta: (text: string, n: number) => void deltas.push([text, n]) })
    const said = (attempt: number) => deltas.filter(([, n]) => n === attempt).map(([text]) => text)
    expect(said(1).join('')).toBe(answer.text)
    expect(said(0).every((text) => text === 'word ')).toBe(true)
  })

  it('that is not known leaves the first failure, and says so', async () => {
    replyWith({ kind: 'error', status: 500 })
    const failure = await failureOf(ask('nowhere/x'))
    expect(failure).toMatchObject({ code: 'provider_error', httpStatus: 500 })
    expect(failure.message).toContain('There is no model called nowhere/x')
  })

  it('that is the same model is not asked twice', async () => {
    replyWith({ kind: 'error', status: 500 })
    await failureOf(ask('local/test-model'))
    expect(server.requests).toHaveLength(1)
  })

  it('that fails too leaves the first failure, with both reasons', async () => {
    replyWith({ kind: 'error', status: 500 })
    other.script(() => ({ kind: 'error', status: 401 }))
    const failure = await failureOf(ask('second/spare'))
    expect(failure).toMatchObject({ code: 'provider_error', httpStatus: 500, retry: {} })
    expect(failure.message).toContain('Its fallback failed too: The connection second did not accept its key')
  })
})

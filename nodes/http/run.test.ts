import { describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import type { HttpAnswer, HttpRequest } from '@/engine/kind/run'
import { enter, nodeContext } from '../testing/context'
import { type Desk, openDesk } from '../testing/desk'
import { retryAfter } from './answer'
import { httpRun } from './run'
import { httpSpec } from './spec'

const values = { a: { id: 'x y', n: 5, list: [1], none: null, trick: { secret: 'other' } } }
const run = (desk: Desk, config: object, attempt = 1) =>
  enter(
    httpRun,
    nodeContext(httpSpec, {
      config: { url: 'https://shop.test/?id={{ a.id | url_encode }}', ...config },
      desk,
      values,
      attempt,
    }),
  )

function answering(...answers: readonly Partial<HttpAnswer>[]) {
  const sent: HttpRequest[] = []
  const http = (request: HttpRequest): HttpAnswer => {
    const answer = answers[sent.length]
    sent.push(request)
    return { status: 200, headers: {}, body: null, ...answer }
  }
  return { desk: openDesk({ http }), sent }
}

describe('a request', () => {
  it('is made of rendered text and structures, with the places of its secrets', async () => {
    const { desk, sent } = answering({ body: { ok: true } })
    const headers = { authorization: { secret: 'shop' }, 'x-n': '{{ a.n }}', 'x-none': '{{ a.none }}' }
    const body = { id: '{{ a.id }}', list: '{{ a.list }}', key: { secret: 'body_key' }, trick: '{{ a.trick }}' }
    expect(await run(desk, { method: 'POST', headers, body })).toEqual({
      output: { status: 200, headers: {}, body: { ok: true } },
    })
    expect(sent[0]).toEqual({
      method: 'POST',
      url: 'https://shop.test/?id=x+y',
      headers: { authorization: { secret: 'shop' }, 'x-n': '5' },
      body: { id: 'x y', list: [1], key: { secret: 'body_key' }, trick: { secret: 'other' } },
      repeatable: false,
      // What data brought along looks like a secret, and is none.
      secrets: [
        { name: 'shop', path: ['headers', 'authorization'] },
        { name: 'body_key', path: ['body', 'key'] },
      ],
    })
  })

  it('never takes a secret from data into a header', async () => {
    const { desk, sent } = answering()
    await expect(run(desk, { headers: { 'x-a': '{{ a.trick }}' } })).rejects.toMatchObject({
      failure: { code: 'invalid_input' },
    })
    expect(sent).toEqual([])
  })

  it.each([
    ['GET', true],
    ['HEAD', true],
    ['POST', false],
    ['DELETE', false],
  ])('%s may be repeated: %s', async (method, repeatable) => {
    const { desk, sent } = answering()
    await run(desk, { method })
    expect(sent[0]?.repeatable).toBe(repeatable)
    expect(httpSpec.repeatable(httpSpec.config.parse({ method, url: 'x' }))).toBe(repeatable)
  })
})

describe('an answer', () => {
  it.each([
    [399, null],
    [404, { code: 'http_status', httpStatus: 404, message: 'shop.test answered 404.' }],
    [429, { code: 'http_status', httpStatus: 429, message: 'shop.test answered 429.', retry: { afterMs: 7_000 } }],
    [503, { code: 'http_status', httpStatus: 503, message: 'shop.test answered 503.', retry: { afterMs: 7_000 } }],
  ])('of %s fails the node as it should, and says nothing of the address but its host', async (status, failure) => {
    const { desk } = answering({ status, headers: { 'Retry-After': '7' } })
    const entered = run(desk, {}).then(
      () => null,
      (error: unknown) => (error as { failure: Json }).failure,
    )
    expect(await entered).toEqual(failure)
  })

  it('that failed one attempt is not asked for again, the next attempt makes a request of its own', async () => {
    const { desk } = answering({ status: 500 }, { status: 502 }, { status: 200 })
    await expect(run(desk, {}, 1)).rejects.toMatchObject({ failure: { httpStatus: 500 } })
    await expect(run(desk, {}, 1)).rejects.toMatchObject({ failure: { httpStatus: 500 } })
    expect(desk.done).toEqual(['request'])
    await expect(run(desk, {}, 2)).rejects.toMatchObject({ failure: { httpStatus: 502 } })
    expect(await run(desk, {}, 3)).toMatchObject({ output: { status: 200 } })
    expect(desk.done).toEqual(['request', 'request.2', 'request.3'])
  })

  it('may say when to try again, in seconds or as a date beside its own', () => {
    expect(retryAfter({ 'retry-after': '3' })).toBe(3_000)
    const date = 'Wed, 21 Oct 2026 07:28:00 GMT'
    expect(retryAfter({ 'retry-after': 'Wed, 21 Oct 2026 07:28:30 GMT', date })).toBe(30_000)
    expect(retryAfter({ 'retry-after': 'Wed, 21 Oct 2026 07:00:00 GMT', date })).toBe(0)
    expect(retryAfter({ 'retry-after': 'soon', date })).toBeNull()
    expect(retryAfter({})).toBeNull()
  })
})

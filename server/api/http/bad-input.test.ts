import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { longestTurn } from '@/e2e/testing/longest-turn'
import { broken, greeting } from '@/server/api/testing/graphs'
import { openServer, type TestServer } from '@/server/api/testing/open-server'

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(async () => {
  expect(server.reports).toEqual([])
  await server.close()
})

type Problem = { code: string; detail: string; problems?: { path?: string; message: string }[] }
const post = (raw: string | Buffer, headers = {}) => server.ask<Problem>('/api/v1/workflows', { raw, headers })
const stored = () => server.deps.db.workflow.count()

const nest = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const withName = (name: string) => `{"name":${name},"graph":${JSON.stringify(greeting)}}`

const refused: [string, string | Buffer, number, string][] = [
  ['no JSON', '{"graph":', 400, 'invalid_json'],
  [
    'invalid UTF-8',
    Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
    400,
    'invalid_text',
  ],
  ['a lone surrogate', withName(String.raw`"\ud800"`), 400, 'invalid_text'],
  ['a lone surrogate in a key', String.raw`{"\ud800":1}`, 400, 'invalid_text'],
  ['a NUL character', withName(String.raw`"a\u0000b"`), 400, 'invalid_text'],
  ['__proto__', '{"__proto__":{"admin":true},"graph":{}}', 400, 'invalid_json'],
  ['__proto__ in escapes', String.raw`{"graph":{"\u005f_proto__":1}}`, 400, 'invalid_json'],
  ['100,000 levels of nesting', `{"graph":${nest(100_000)}}`, 400, 'too_deep'],
  ['65 levels of nesting', `{"graph":${nest(64)}}`, 400, 'too_deep'],
  ['more values than fit', `{"graph":[${'0,'.repeat(300_000)}0]}`, 413, 'too_many_values'],
  ['an array instead of an object', '[]', 422, 'invalid_input'],
  ['an unknown key', '{"graph":{},"workspaceId":"x"}', 422, 'invalid_input'],
  ['a wrong type', '{"name":5,"graph":{}}', 422, 'invalid_input'],
  ['a graph of another version', '{"graph":{"baton":2}}', 422, 'invalid_graph'],
  ['a graph with an unknown key', JSON.stringify({ graph: { ...greeting, extra: 1 } }), 422, 'invalid_graph'],
  ['no graph', '{}', 422, 'invalid_input'],
]

describe('an address that asks for what can not be stored', () => {
  test.each([
    ['a NUL character', '/workflows?search=%00', 400, 'invalid_text'],
    ['a time before there were any runs', '/runs?since=0000-01-01T00:00:00Z', 422, 'invalid_input'],
  ])('with %s is refused', async (_, path, status, code) => {
    expect(await server.ask(`/api/v1${path}`)).toMatchObject({ status, body: { code } })
  })
})

describe('a body', () => {
  test.each(refused)('with %s is refused and nothing is stored', async (_, raw, status, code) => {
    const before = await stored()
    const answer = await post(raw)
    expect(answer.status).toBe(status)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.body).toMatchObject({ type: 'about:blank', status, code })
    expect(answer.body.detail.length).toBeGreaterThan(10)
    expect(await stored()).toBe(before)
  })

  test('with a revision that no draft can have is refused', async () => {
    const body = { graph: greeting, revision: 99_999_999_999 }
    expect((await server.ask('/api/v1/workflows/none', { method: 'PUT', body })).status).toBe(422)
  })

  test('with an unknown key is told which', async () => {
    const { body } = await post('{"graph":{},"nme":"x"}')
    expect(body.problems).toMatchObject([{ path: 'nme', code: 'unknown_key' }])
    expect(body.problems?.[0]?.message).toContain('name')
  })

  test('at 64 levels of nesting reaches the graph check', async () => {
    expect(await post(`{"graph":${nest(63)}}`)).toMatchObject({ status: 422, body: { code: 'invalid_graph' } })
  })

  test('of another media type is 415', async () => {
    expect(await post('graph=1', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({
      status: 415,
    })
    expect(await post('{}', { 'content-encoding': 'gzip' })).toMatchObject({ status: 415 })
  })

  test('of 100 MB is 413, announced or not, and holds nobody up', async () => {
    const held = await longestTurn(async () => {
      for (const chunked of [false, true]) {
        const { status, sent } = await sendLarge(100, chunked)
        expect(status).toBe(413)
        expect(sent).toBe(100)
      }
    })
    expect(held).toBeLessThan(200)
    expect((await server.ask('/api/v1/health')).status).toBe(200)
  })

  test('of any refused shape takes less than 200 ms of the event loop', async () => {
    const worst = [
      `{"graph":${nest(100_000)}}`,
      `{"graph":[${'{},'.repeat(115_000)}0]}`,
      `{"graph":{${Array.from({ length: 115_000 }, (_, index) => `"k${index}":1`).join(',')}}}`,
      `{"graph":"${'\\"'.repeat(4_000_000)}"}`,
      `{"graph":"${'\\\\'.repeat(4_000_000)}"}`,
      `{${Array.from({ length: 115_000 }, (_, index) => `"k${index}":1`).join(',')}}`,
    ]
    for (const raw of worst) {
      // Time on the processor, which other programs on this machine can't lengthen.
      const before = process.threadCpuUsage()
      const { status } = await post(raw)
      const { user, system } = process.threadCpuUsage(before)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
      expect((user + system) / 1_000).toBeLessThan(200)
    }
  })

  /** Like clients that look for an answer only when everything is sent. */
  async function sendLarge(megabytes: number, chunked: boolean): Promise<{ status: number; sent: number }> {
    const socket = connect(server.port, '127.0.0.1')
    let answer = ''
    socket.setEncoding('latin1').on('data', (text: string) => {
      answer += text
    })
    const write = async (data: string | Buffer) => void (socket.write(data) || (await once(socket, 'drain')))
    const size = 2 ** 20
    const length = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${megabytes * size}`
    await write(
      `POST /api/v1/workflows HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${server.key}\r\nContent-Type: application/json\r\n${length}\r\n\r\n`,
    )
    const chunk = Buffer.alloc(size, 'a')
    let sent = 0
    for (; sent < megabytes; sent += 1) {
      if (chunked) await write(`${size.toString(16)}\r\n`)
      await write(chunk)
      if (chunked) await write('\r\n')
    }
    if (chunked) await write('0\r\n\r\n')
    await expect.poll(() => answer).toContain('\r\n\r\n')
    socket.destroy()
    return { status: Number(answer.slice(9, 12)), sent }
  }
})

describe('an address', () => {
  test.each(['/api/v1/nothing', '/api/v2/workflows', '/api/v1/workflows/x/y/z', '/api/v1/runs/%E0%A4%A', '/api/v1/'])(
    '%s is 404',
    async (path) => {
      expect(await server.ask(path)).toMatchObject({ status: 404, body: { code: 'not_found' } })
    },
  )

  test('with another method is 405 and says which ones there are', async () => {
    const answer = await server.ask('/api/v1/workflows', { method: 'PATCH' })
    expect(answer).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } })
    expect(answer.headers.allow?.split(', ').sort()).toEqual(['GET', 'POST'])
  })

  test('that is none of the API is left to the pages', async () => {
    expect(await server.ask('/workflows')).toMatchObject({ status: 418 })
  })

  test('with an unknown or doubled query key is 422', async () => {
    expect(await server.ask('/api/v1/runs?foo=1')).toMatchObject({ status: 422, body: { problems: [{ path: 'foo' }] } })
    expect(await server.ask('/api/v1/runs?limit=1&limit=2')).toMatchObject({ status: 422 })
    expect(await server.ask('/api/v1/runs?limit=1000')).toMatchObject({
      status: 422,
      body: { problems: [{ path: 'limit' }] },
    })
    expect(await server.ask('/api/v1/runs?cursor=%ff')).toMatchObject({
      status: 422,
      body: { problems: [{ path: 'cursor' }] },
    })
  })

  test('can not be answered differently by a body that repeats a part of it', async () => {
    const made = await server.ask<{ id: string }>('/api/v1/workflows', { body: { graph: broken } })
    const answer = await server.ask(`/api/v1/workflows/${made.body.id}`, {
      method: 'PUT',
      body: { id: 'other', graph: greeting },
    })
    expect(answer).toMatchObject({ status: 422, body: { problems: [{ path: 'id' }] } })
  })
})

describe('without a key', () => {
  test('only health, readiness, the document and the schema are answered', async () => {
    const open = ['/api/v1/health', '/api/v1/ready', '/api/v1/openapi.json', '/schema/graph.v1.json']
    for (const path of open) expect(await server.ask(path, { key: null })).toMatchObject({ status: 200 })
    for (const path of ['/api/v1/workflows', '/api/v1/me', '/api/v1/runs', '/api/trpc/me']) {
      const answer = await server.ask(path, { key: null })
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
      expect(answer.headers['www-authenticate']).toContain('Bearer')
    }
  })

  test('a wrong one is refused even where a page would be open', async () => {
    expect(await server.ask('/api/v1/workflows', { key: `${server.key}x` })).toMatchObject({ status: 401 })
    expect(await server.ask('/api/v1/workflows', { key: 'baton_' })).toMatchObject({ status: 401 })
  })

  test('metrics are for this machine, but not through a proxy on it', async () => {
    expect((await server.ask('/api/v1/metrics', { key: null })).text).toContain('baton_http_requests_total')
    const proxied = { 'x-forwarded-for': '203.0.113.7' }
    expect(await server.ask('/api/v1/metrics', { key: null, headers: proxied })).toMatchObject({ status: 401 })
    expect(await server.ask('/api/v1/metrics', { headers: proxied })).toMatchObject({ status: 200 })
  })
})

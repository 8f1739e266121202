import type { IncomingMessage, RequestListener } from 'node:http'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { type FailureCode, NodeError } from '@/engine/failure'
import type { Resolve } from '@/server/outbound/connect'
import { createOutbound } from '@/server/outbound/outbound'
import type { OutboundRequest } from '@/server/outbound/request'
import { listenLocally } from '@/server/outbound/testing/local-server'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

async function serve(handle: RequestListener) {
  const server = await listenLocally(handle)
  cleanups.push(server.close)
  return server
}

function outboundTo(allowPrivate: string[], resolve?: Resolve) {
  const outbound = createOutbound({ allowPrivate, trustedBaseUrls: [], ...(resolve ? { resolve } : {}) })
  cleanups.push(outbound.close)
  return outbound
}

const text = (body: Uint8Array) => Buffer.from(body).toString()

async function failureOf(promise: Promise<unknown>): Promise<NodeError['failure']> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof NodeError)) throw new Error(`expected a NodeError, got ${String(error)}`)
  return error.failure
}

const codeOf = async (promise: Promise<unknown>): Promise<FailureCode> => (await failureOf(promise)).code

const collected = async (request: IncomingMessage): Promise<string> => {
  let body = ''
  for await (const chunk of request) body += chunk
  return body
}

describe('request', () => {
  it('sends method, headers and body and gives the answer back', async () => {
    const server = await serve(async (request, response) => {
      const seen = `${request.method} ${request.headers['x-a']} ${await collected(request)}`
      response.writeHead(201, { 'Set-Cookie': ['a', 'b'] }).end(seen)
    })
    const outbound = outboundTo([server.host])
    const answer = await outbound.request({
      method: 'post',
      url: `${server.url}/x`,
      headers: { 'X-A': '1' },
      body: 'hello',
    })
    expect(answer).toMatchObject({ status: 201, url: `${server.url}/x` })
    expect(answer.headers['set-cookie']).toBe('a, b')
    expect(text(answer.body)).toBe('POST 1 hello')
  })

  it.each([
    'http://127.0.0.1',
    'http://2130706433',
    'http://0x7f.1',
    'http://0177.0.0.1',
    'http://127.1',
    'http://[::ffff:127.0.0.1]',
  ])('refuses loopback written as %s before a connection is made', async (origin) => {
    let reached = false
    const server = await serve((_, response) => {
      reached = true
      response.end()
    })
    const port = server.host.split(':')[1]
    const outbound = outboundTo([])
    expect(await codeOf(outbound.request({ method: 'GET', url: `${origin}:${port}/` }))).toBe('blocked_address')
    expect(reached).toBe(false)
  })

  it('reaches a listed host and port, and no other port of that host', async () => {
    const open = await serve((_, response) => response.end('open'))
    const closed = await serve((_, response) => response.end('closed'))
    const outbound = outboundTo([open.host])
    expect(text((await outbound.request({ method: 'GET', url: open.url })).body)).toBe('open')
    expect(await codeOf(outbound.request({ method: 'GET', url: closed.url }))).toBe('blocked_address')
  })

  it('refuses a public name that resolves to a private address, also when only one of several is', async () => {
    const answers = { 'one.example': ['127.0.0.1'], 'mixed.example': ['93.184.216.34', '10.0.0.1'] }
    const resolve: Resolve = async (name) =>
      answers[name as keyof typeof answers].map((address) => ({ address, family: 4 }))
    const outbound = outboundTo([], resolve)
    for (const name of Object.keys(answers)) {
      const failure = await failureOf(outbound.request({ method: 'GET', url: `http://${name}/` }))
      expect(failure.code).toBe('blocked_address')
      expect(failure.message).toContain(name)
      expect(failure.message).not.toMatch(/\d+\.\d+\.\d+/)
    }
  })

  it('looks a name up once per connection, so that a second answer can never be the one that is used', async () => {
    let lookups = 0
    const server = await serve((_, response) => response.setHeader('connection', 'close').end('reached'))
    const port = server.host.split(':')[1]
    const resolve: Resolve = async () => {
      lookups += 1
      return [{ address: lookups === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }]
    }
    const url = `http://rebind.example:${port}/`
    expect(text((await outboundTo([`rebind.example:${port}`], resolve).request({ method: 'GET', url })).body)).toBe(
      'reached',
    )
    expect(lookups).toBe(1)
    expect(await codeOf(outboundTo([], resolve).request({ method: 'GET', url }))).toBe('blocked_address')
    expect(lookups).toBe(2)
  })

  it('reaches a private base URL that an admin entered, but no metadata service behind its name', async () => {
    let reached = 0
    const server = await serve((_, response) => {
      reached += 1
      response.setHeader('connection', 'close').end('{}')
    })
    const baseUrl = `http://models.example:${server.host.split(':')[1]}/v1`
    const loopback = { address: '127.0.0.1', family: 4 }
    const ask = (allowPrivate: string[], addresses: Awaited<ReturnType<Resolve>>) =>
      outboundTo(allowPrivate, async () => addresses).fetchTrusting([baseUrl])(`${baseUrl}/models`)
    expect((await ask([], [loopback])).status).toBe(200)
    const both = [loopback, { address: '169.254.169.254', family: 4 }]
    expect(await codeOf(ask([], both))).toBe('blocked_address')
    expect(reached).toBe(1)
    // Whom the operator lists may be asked.
    expect((await ask([new URL(baseUrl).host], both)).status).toBe(200)
  })

  it('vets every hop: a redirect to a private address is refused', async () => {
    let reached = false
    const inner = await serve((_, response) => {
      reached = true
      response.end('secret')
    })
    const outer = await serve((_, response) => response.writeHead(302, { location: inner.url }).end())
    const outbound = outboundTo([outer.host])
    expect(await codeOf(outbound.request({ method: 'GET', url: outer.url }))).toBe('blocked_address')
    expect(reached).toBe(false)
  })

  it('follows redirects, leaving credentials behind at another origin', async () => {
    const seen: (string | undefined)[] = []
    const target = await serve((request, response) => {
      seen.push(request.headers.authorization, String(request.headers['x-api-key']))
      response.end('arrived')
    })
    const first = await serve((request, response) => {
      seen.push(request.headers.authorization)
      const location = request.url === '/' ? '/second' : target.url
      response.writeHead(307, { location }).end()
    })
    const outbound = outboundTo([first.host, target.host])
    const headers = { Authorization: 'Bearer s', 'X-API-Key': 's' }
    const answer = await outbound.request({ method: 'GET', url: first.url, headers })
    expect(text(answer.body)).toBe('arrived')
    expect(seen).toEqual(['Bearer s', 'Bearer s', undefined, 'undefined'])
  })

  it('gives up after the allowed number of redirects, and follows none when asked for none', async () => {
    let hits = 0
    const server = await serve((_, response) => {
      hits += 1
      response.writeHead(302, { location: '/again' }).end()
    })
    const outbound = outboundTo([server.host])
    const failure = await failureOf(outbound.request({ method: 'GET', url: server.url }))
    expect(failure).toMatchObject({ code: 'network', message: expect.stringContaining('more than 5 times') })
    expect(hits).toBe(6)
    expect(await outbound.request({ method: 'GET', url: server.url, redirects: 0 })).toMatchObject({ status: 302 })
  })

  it.each(['file:///etc/passwd', 'ftp://a.example/', 'data:text/plain,x', 'javascript:1'])(
    'refuses %s',
    async (url) => {
      expect(await codeOf(outboundTo([]).request({ method: 'GET', url }))).toBe('blocked_address')
    },
  )

  it('refuses a redirect to a file', async () => {
    const server = await serve((_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end())
    expect(await codeOf(outboundTo([server.host]).request({ method: 'GET', url: server.url }))).toBe('blocked_address')
  })

  it.each([
    [{ url: 'example' }, 'not a complete web address'],
    [{ url: 'http://u:p@127.0.0.1/' }, 'Put it in a secret'],
    [{ url: 'http://127.0.0.1:9/', headers: { 'x-a': 'a\r\nb: c' } }, "can't be sent"],
    [{ url: 'http://127.0.0.1:9/', method: 'GE T' }, "can't be sent"],
  ] satisfies [Partial<OutboundRequest> & { url: string }, string][])(
    'explains what is wrong with %j',
    async (request, sentence) => {
      const failure = await failureOf(outboundTo(['127.0.0.1:9']).request({ method: 'GET', ...request }))
      expect(failure).toMatchObject({ code: 'invalid_config', message: expect.stringContaining(sentence) })
    },
  )

  it('stops a body that trickles in for longer than the time cap', async () => {
    const server = await serve((_, response) => {
      const trickle = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(trickle))
    })
    const failure = await failureOf(
      outboundTo([server.host]).request({ method: 'GET', url: server.url, timeoutMs: 150 }),
    )
    expect(failure).toMatchObject({ code: 'timeout', retry: {} })
  })

  it('stops reading a body beyond the size cap and closes the connection', async () => {
    let closed = () => {}
    const closing = new Promise<void>((done) => {
      closed = done
    })
    const server = await serve((_, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(65_536)));
      }
      response.on('drain', more).on('close', closed)
      more()
    })
    const outbound = outboundTo([server.host])
    expect(await codeOf(outbound.request({ method: 'GET', url: server.url, maxBytes: 100_000 }))).toBe('too_large')
    await closing
  })

  it('reads compressed answers, and stops a bomb at the size cap', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/br') response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync('brief'))
      else response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000)))
    })
    const outbound = outboundTo([server.host])
    expect(text((await outbound.request({ method: 'GET', url: `${server.url}/br` })).body)).toBe('brief')
    expect(await codeOf(outbound.request({ method: 'GET', url: server.url }))).toBe('too_large')
    expect(await outbound.request({ method: 'HEAD', url: server.url })).toMatchObject({ status: 200 })
  })

  it('calls a broken or cut off answer a network failure worth another try', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/cut')
        response.writeHead(200, { 'content-length': '9' }).write('cut', () => response.destroy())
      else response.writeHead(200, { 'content-encoding': 'gzip' }).end('this is not gzip')
    })
    const outbound = outboundTo([server.host])
    for (const path of ['/cut', '/garbled']) {
      const failure = await failureOf(outbound.request({ method: 'GET', url: server.url + path }))
      expect(failure).toMatchObject({ code: 'network', retry: {} })
    }
  })

  it('says when a host refuses connections or has no address', async () => {
    const server = await serve(() => {})
    server.close()
    const resolve: Resolve = async () => {
      throw Object.assign(new Error('internal-dns.corp says no'), { code: 'ENOTFOUND' })
    }
    const outbound = outboundTo([server.host], resolve)
    const refused = await failureOf(outbound.request({ method: 'GET', url: server.url }))
    expect(refused).toMatchObject({ code: 'network', retry: {}, message: expect.stringContaining('refused') })
    const unknown = await failureOf(outbound.request({ method: 'GET', url: 'http://nowhere.example/' }))
    expect(unknown).toEqual({ code: 'network', retry: {}, message: 'No address is known for nowhere.example.' })
  })

  it('ends as cancelled when the caller aborts, before and during the call', async () => {
    const controller = new AbortController()
    const server = await serve(() => controller.abort())
    const outbound = outboundTo([server.host])
    const request = { method: 'GET', url: server.url, signal: controller.signal }
    expect(await codeOf(outbound.request(request))).toBe('cancelled')
    expect(await codeOf(outbound.request(request))).toBe('cancelled')
  })
})

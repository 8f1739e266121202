import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer as createSocketServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import { probeConnection } from '@/server/models/probe/probe'
import { selfSigned } from '@/server/models/probe/testing/self-signed'
import { type ModelServerOptions, startModelServer } from '@/server/models/testing/model-server'
import type { Connection, Fetch } from '@/server/models/types'
import { createOutbound } from '@/server/outbound/outbound'
import { listenLocally } from '@/server/outbound/testing/local-server'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function probe(baseUrl: string, more: Partial<Connection> = {}, limitMs = 5_000) {
  const outbound = createOutbound({
    allowPrivate: [],
    trustedBaseUrls: [],
    resolve: async (name) => {
      if (name === 'localhost') return [{ address: '127.0.0.1', family: 4 }]
      throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
    },
  })
  const { send, close } = outbound.fetchOnce(baseUrl)
  closing.push(close)
  const connection = { name: 'test', baseUrl, apiKey: 'sk-not-to-be-told', models: [], ...more }
  return probeConnection({ connection, send: send as Fetch, limitMs, now: () => performance.now() })
}

const models = async (options: ModelServerOptions = {}) => {
  const server = await startModelServer(options)
  closing.push(server.close)
  return server
}
type Answer = { status: number; body: Json | string; headers?: { [name: string]: string } }
const answers = async (answer: (path: string, key: string) => Answer) => {
  const server = await listenLocally((request, response) => {
    const { status, body, headers = {} } = answer(request.url ?? '', request.headers.authorization ?? '')
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  closing.push(server.close)
  return server.url
}
const portOf = (server: Server) => (server.address() as AddressInfo).port
async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  return portOf(server)
}
const found = { object: 'list', data: [{ id: 'tea-large' }, { id: 'tea-small' }] }
const problem = async (...given: Parameters<typeof probe>) => {
  const result = await probe(...given)
  return result.ok ? null : result.problem
}

describe('a connection that works', () => {
  it('answers with a model of its list, and says how long that took', async () => {
    const { url, requests } = await models({ models: ['text-embedding-tiny', 'tea-large'] })
    const result = await probe(url)
    expect(result).toMatchObject({ ok: true, model: 'tea-large', models: ['text-embedding-tiny', 'tea-large'] })
    expect(requests).toMatchObject([{ headers: { authorization: 'Bearer sk-not-to-be-told' } }])
  })

  it('may have no list of models if one is named', async () => {
    const url = await answers((path) =>
      path.endsWith('/chat/completions') ? { status: 200, body: { choices: [{}] } } : { status: 404, body: '' },
    )
    expect(await probe(`${url}/v1`, { models: ['tea-large'] })).toMatchObject({ ok: true, model: 'tea-large' })
  })

  it('is asked without a key when there is none', async () => {
    const { url, requests } = await models()
    await probe(url, { apiKey: null })
    expect(requests[0]?.headers).not.toHaveProperty('authorization')
  })
})

describe('a connection that cannot be reached', () => {
  it('names a host that nobody knows', async () => {
    expect(await problem('http://ollama.lan:11434/v1')).toMatchObject({
      code: 'dns',
      message: expect.stringContaining('ollama.lan'),
    })
  })

  it('says that nothing listens there', async () => {
    const server = createSocketServer()
    const port = await listening(server)
    await new Promise((resolve) => server.close(resolve))
    expect(await problem(`http://localhost:${port}/v1`)).toMatchObject({
      code: 'refused',
      message: expect.stringMatching(new RegExp(`localhost:${port}.*container`)),
    })
  })

  it('says that the certificate is not trusted, and by which setting it would be', async () => {
    const port = await listening(createTlsServer(selfSigned, (_, response) => response.end('{}')))
    expect(await problem(`https://localhost:${port}/v1`)).toMatchObject({
      code: 'tls',
      message: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    })
  })

  it('suggests http where the server speaks no TLS', async () => {
    const { url } = await models()
    expect(await problem(url.replace('http:', 'https:'))).toMatchObject({
      code: 'not_tls',
      suggestion: { baseUrl: url },
    })
  })

  it('says that the other side hung up', async () => {
    const port = await listening(createSocketServer((socket) => socket.destroy()))
    expect(await problem(`http://localhost:${port}/v1`)).toMatchObject({
      code: 'network',
      message: expect.stringContaining('https://'),
    })
  })

  it('says that no answer came in time', async () => {
    const port = await listening(createSocketServer(() => {}))
    expect(await problem(`http://localhost:${port}/v1`, {}, 300)).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('0.3 s'),
    })
  })

  it('names the setting that would allow an address that is not allowed', async () => {
    expect(await problem('http://169.254.169.254/v1')).toMatchObject({
      code: 'blocked_address',
      message: expect.stringContaining('BATON_ALLOW_PRIVATE'),
    })
  })

  it('says where it is sent instead', async () => {
    const url = await answers(() => ({ status: 302, body: '', headers: { location: 'http://127.0.0.1:9/v1' } }))
    expect(await problem(`${url}/v1`)).toMatchObject({
      code: 'redirect',
      message: expect.stringContaining('http://127.0.0.1:9'),
    })
  })
})

describe('a connection that answers', () => {
  it.each([
    [401, {}, 'unauthorized', 'does not accept the key'],
    [403, {}, 'forbidden', 'may not'],
    [402, {}, 'no_credit', 'no credit'],
    [429, { error: { code: 'insufficient_quota' } }, 'no_credit', 'no credit'],
    [429, {}, 'rate_limited', 'limits'],
    [503, { error: { message: 'overloaded' } }, 'server_error', 'overloaded'],
  ] as const)('%i is told for what it is: %j', async (status, body, code, words) => {
    const url = await answers(() => ({ status, body }))
    expect(await problem(`${url}/v1`)).toMatchObject({ code, message: expect.stringContaining(words) })
  })

  it('tells a missing key from a wrong one, also where only the list is open to all', async () => {
    const url = await answers((path) =>
      path.endsWith('/models') ? { status: 200, body: found } : { status: 401, body: { error: { message: 'no' } } },
    )
    expect(await problem(`${url}/v1`, { apiKey: null })).toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining('none is given'),
    })
  })

  it('never repeats the key that it was given', async () => {
    const url = await answers((_, key) => ({ status: 401, body: { error: { message: `Bad key ${key}` } } }))
    expect(JSON.stringify(await probe(`${url}/v1`))).not.toContain('sk-not-to-be-told')
  })

  it('finds the path that was forgotten', async () => {
    const url = await answers((path) => ({ status: path.startsWith('/v1/') ? 200 : 404, body: found }))
    expect(await problem(`${url}/`)).toMatchObject({ code: 'wrong_path', suggestion: { baseUrl: `${url}/v1` } })
  })

  it('says that there is nothing at a wrong path', async () => {
    const url = await answers(() => ({ status: 404, body: 'nothing here' }))
    expect(await problem(`${url}/api`)).toMatchObject({ code: 'wrong_path', message: expect.stringContaining('/v1') })
  })

  it('says that a web page is no model', async () => {
    const url = await answers(() => ({ status: 200, body: '<html>Welcome</html>' }))
    expect(await problem(`${url}/v1`)).toMatchObject({ code: 'not_openai' })
  })

  it('says which model is missing, which there are, and which one was meant', async () => {
    const url = await answers((path) =>
      path.endsWith('/models')
        ? { status: 200, body: found }
        : { status: 404, body: { error: { message: 'The model does not exist' } } },
    )
    const result = await probe(`${url}/v1`, { models: ['tea-larg'] })
    expect(result).toMatchObject({
      ok: false,
      models: ['tea-large', 'tea-small'],
      problem: { code: 'model_missing', suggestion: { model: 'tea-large' } },
    })
  })

  it('says that no model is loaded', async () => {
    const { url } = await models({ models: [] })
    expect(await problem(url)).toMatchObject({ code: 'no_models' })
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openApi } from '../testing/api'
import { type RunningBaton, startBaton } from '../testing/baton'
import { number, word } from '../testing/chance'
import { chainOf, field, inputOf, node, outputOf } from '../testing/graph'
import { connectModel, modelOf } from '../testing/models'
import { type Peer, startPeer } from '../testing/peer'

let baton: RunningBaton
let allowed: Peer
let secret: Peer
let api: Api
beforeAll(async () => {
  secret = await startPeer()
  allowed = await startPeer(({ url }, response) => {
    if (url.startsWith('/big')) {
      response.writeHead(200, { 'content-type': 'text/plain' })
      const more = () => {
        while (response.write('x'.repeat(100_000)));
      }
      response.on('drain', more)
      more()
    } else if (url.startsWith('/redirect'))
      response.writeHead(302, { location: new URL(url, 'http://x').searchParams.get('to') ?? '' }).end()
    else if (url.startsWith('/status')) response.writeHead(Number(url.split('/')[2])).end(url)
    else response.writeHead(200, { 'content-type': 'text/plain', 'x-mine': url }).end('pläin')
  })
  baton = await startBaton({ BATON_ALLOW_PRIVATE: `127.0.0.1:${allowed.port}` })
  api = await openApi(baton)
})
afterAll(async () => {
  await baton?.stop()
  await Promise.all([allowed?.close(), secret?.close()])
})

const call = (url: string, more = {}, options = {}) =>
  api.run(chainOf(inputOf(), node('call', 'http', { url, ...more }, options), outputOf('{{ call }}')))
const code = (source: string, more = {}) =>
  chainOf(inputOf(field('x', 'json')), node('run_it', 'code', { source, ...more }), outputOf('{{ run_it }}'))

describe('an http node', () => {
  it('reaches what the operator allowed, and nothing else in private networks, however it is spelled', async () => {
    expect((await call(`${allowed.origin}/fine`)).output).toMatchObject({
      status: 200,
      body: 'pläin',
      headers: { 'x-mine': '/fine' },
    })
    const port = secret.port
    const ways = [
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
      `http://[::1]:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      `http://2130706433:${port}/`,
      `http://0x7f000001:${port}/`,
      `http://0177.0.0.1:${port}/`,
      `http://127.1:${port}/`,
      `http://127.0.0.1.:${port}/`,
    ]
    for (const url of ways) {
      const run = await call(url)
      expect({ url, status: run.status, code: run.error?.code }).toEqual({
        url,
        status: 'failed',
        code: 'blocked_address',
      })
    }
    expect(secret.heard).toEqual([])
  })

  it('is vetted again at every redirect', async () => {
    const to = (url: string) => `${allowed.origin}/redirect?to=${encodeURIComponent(url)}`
    expect((await call(to(`${allowed.origin}/there`))).output).toMatchObject({
      status: 200,
      headers: { 'x-mine': '/there' },
    })
    for (const url of [`http://127.0.0.1:${secret.port}/`, `http://localhost:${secret.port}/`, 'file:///etc/passwd'])
      expect(await call(to(url))).toMatchObject({ status: 'failed', error: { path: 'call' } })
    expect(await call(to(to(`http://127.0.0.1:${secret.port}/`)))).toMatchObject({
      status: 'failed',
      error: { code: 'blocked_address' },
    })
    expect(secret.heard).toEqual([])
  })

  it('has an end in size and a say in status', async () => {
    expect(await call(`${allowed.origin}/big`)).toMatchObject({
      status: 'failed',
      error: { code: 'too_large', path: 'call' },
    })
    const status = number(400, 499)
    const failed = await call(`${allowed.origin}/status/${status}`)
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'http_status' } })
    expect(failed.error?.message).toContain(String(status))
    for (const url of ['ftp://x/', 'file:///etc/passwd', 'javascript:alert(1)', word(), ''])
      expect((await call(url).catch(() => ({ status: 'failed' }))).status).toBe('failed')
  })

  it('made by an agent or a tool node is held to the same rules', async () => {
    const url = `http://127.0.0.1:${secret.port}/`
    const tool = await api.run(
      chainOf(inputOf(), node('use', 'tool', { tool: 'http_request', arguments: { url } }), outputOf('x')),
    )
    expect(tool).toMatchObject({ status: 'failed', error: { path: 'use' } })
    const model = await connectModel(api)
    model.script((_, n) =>
      n === 0
        ? { kind: 'tools', calls: [{ id: 'c', name: 'http_request', arguments: JSON.stringify({ url }) }] }
        : { kind: 'text', text: 'done' },
    )
    const agent = await api.run(
      chainOf(
        inputOf(),
        node('go', 'agent', { model: modelOf(model), prompt: 'x', tools: ['http_request'], autonomy: 'full' }),
        outputOf('{{ go.text }}'),
      ),
    )
    expect(agent.output).toBe('done')
    expect(secret.heard).toEqual([])
    await model.close()
  })
})

describe('code', () => {
  it('finds nothing of the host', async () => {
    const names = [
      'process',
      'require',
      'module',
      'fetch',
      'XMLHttpRequest',
      'WebSocket',
      'Deno',
      'Bun',
      'setTimeout',
      'WebAssembly',
      'Worker',
      'global',
      'window',
      '__dirname',
    ]
    const { output } = await api.run(code(`return ${JSON.stringify(names)}.filter((name) => name in globalThis)`))
    expect(output).toEqual([])
    for (const source of [
      'return import("node:fs").then(() => "in")',
      'return (function () { return this.constructor.constructor("return process")() })().pid',
      'return [].constructor.constructor("return process")().pid',
      'return Function("return globalThis.process.env")().PATH',
    ]) {
      const run = await api.run(code(source))
      expect({ source, status: run.status, output: run.output }).toEqual({ source, status: 'failed', output: null })
    }
  })

  it.each([
    ['time', 'for (;;) {}', /timeout/],
    [
      'memory in many objects',
      'const all = []; for (;;) all.push({ n: all.length })',
      /sandbox_(memory|timeout|error)/,
    ],
    [
      'memory in one piece',
      'return "x".repeat(2 ** 29).length + new Array(2 ** 27).fill(1).length',
      /sandbox_(memory|timeout|error)/,
    ],
    ['output', 'return "x".repeat(20_000_000)', /too_large|sandbox_(memory|error)/],
    ['depth', 'const f = (n) => f(n + 1); return f(0)', /sandbox_error/],
    ['a regular expression', 'return /^(a+)+$/.test("a".repeat(40) + "b")', /timeout/],
  ])('that wants too much %s is ended, and the next step runs as if nothing had been', async (_, source, wanted) => {
    const began = Date.now()
    const run = await api.run(code(source))
    expect(run).toMatchObject({ status: 'failed', error: { path: 'run_it' } })
    expect(run.error?.code).toMatch(wanted)
    expect(Date.now() - began).toBeLessThan(8_000)
    const n = number()
    expect((await api.run(code('return input.x + 1'), { input: { x: n } })).output).toBe(n + 1)
  })

  it('is fresh for every step: nothing is left over from another', async () => {
    const mark = word()
    const leave = `globalThis.${mark} = 1; Array.prototype.${mark} = 2; Object.prototype.x = 3; JSON.stringify = () => "4"; return 5`
    expect((await api.run(code(leave))).output).toBe(5)
    const seen = await Promise.all(
      Array.from({ length: 8 }, () =>
        api.run(code(`return [typeof ${mark}, [].${mark} ?? null, ({}).x ?? null, JSON.stringify([1])]`)),
      ),
    )
    for (const { output } of seen) expect(output).toEqual(['undefined', null, null, '[1]'])
  })

  it('says what went wrong in the words of the code, and only JSON gets out', async () => {
    const text = word()
    expect((await api.run(code(`throw new TypeError("${text}")`))).error).toMatchObject({
      code: 'sandbox_error',
      message: expect.stringContaining(text),
    })
    expect((await api.run(code('return {'))).error).toMatchObject({ code: 'sandbox_error' })
    const odd = await api.run(code('return { a: undefined, f() {}, d: new Date(0), n: NaN, list: [undefined] }'))
    expect(
      odd.status === 'failed' ||
        JSON.stringify(odd.output) === JSON.stringify({ d: new Date(0), n: null, list: [null] }),
    ).toBe(true)
  })
})

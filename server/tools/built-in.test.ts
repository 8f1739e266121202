import { afterAll, describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import { builtInTools } from '@/engine/tools/built-in'
import { createOutbound } from '@/server/outbound/outbound'
import { listenLocally } from '@/server/outbound/testing/local-server'
import { createSandbox } from '@/server/sandbox/sandbox'
import { builtInDefinitions } from '@/server/tools/built-in'
import { createToolRegistry } from '@/server/tools/registry'
import type { ToolContext } from '@/server/tools/tool'

const echo = await listenLocally((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { method, headers } = request
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ method, headers, body: Buffer.concat(chunks).toString() }))
  })
})
const outbound = createOutbound({ allowPrivate: [echo.host], trustedBaseUrls: [] })
const sandbox = createSandbox()
afterAll(async () => {
  echo.close()
  await Promise.all([outbound.close(), sandbox.close()])
})

const registry = createToolRegistry(builtInDefinitions)

const context: ToolContext = {
  signal: new AbortController().signal,
  idempotencyKey: 'run:ask:m1.t1',
  workspaceId: 'w',
  request: outbound.request,
  runCode: sandbox.runCode,
  now: () => Date.UTC(2026, 6, 1, 22, 30, 5),
}

const call = async (name: string, args: Json): Promise<Json> => {
  const tool = registry.get(name)
  if (!tool) throw new Error(`no tool ${name}`)
  return tool.run(args, context)
}

describe('the tool registry', () => {
  it('runs exactly the tools that the compiler knows', () => {
    expect(registry.list().map(({ name }) => name)).toEqual(builtInTools.map(({ name }) => name))
    expect(registry.get('constructor')).toBeUndefined()
  })

  it('refuses two tools of one name', () => {
    expect(() => createToolRegistry([...builtInDefinitions, ...builtInDefinitions])).toThrow('http_request')
  })
})

describe('http_request', () => {
  it('sends JSON, adds the idempotency key, and takes what looks like a secret for data', async () => {
    const headers = { authorization: 'the-key' }
    const body = { order: 1, token: { secret: 'crm' } }
    const answer = await call('http_request', { method: 'POST', url: echo.url, headers, body })
    expect(answer).toMatchObject({
      status: 200,
      body: {
        method: 'POST',
        headers: {
          authorization: 'the-key',
          'content-type': 'application/json',
          'idempotency-key': context.idempotencyKey,
        },
        body: '{"order":1,"token":{"secret":"crm"}}',
      },
    })
  })

  it('sends text as it is, and nothing extra with a GET', async () => {
    const post = await call('http_request', {
      method: 'PUT',
      url: echo.url,
      body: 'plain',
      headers: { 'Content-Type': 'text/csv' },
    })
    expect(post).toMatchObject({ body: { body: 'plain', headers: { 'content-type': 'text/csv' } } })
    const get = await call('http_request', { url: echo.url, body: { ignored: true } })
    expect(get).toMatchObject({ body: { method: 'GET', body: '' } })
    expect(JSON.stringify(get)).not.toContain('idempotency-key')
  })

  it('fails before anything is sent when the address is private', async () => {
    await expect(call('http_request', { url: 'http://169.254.169.254/' })).rejects.toMatchObject({
      failure: { code: 'blocked_address' },
    })
  })
})

describe('the other tools', () => {
  it('run_code runs in the sandbox and shows what was logged', async () => {
    const source = 'console.log("adding"); return input.a + (typeof process === "undefined" ? 1 : 100)'
    expect(await call('run_code', { source, input: { a: 2 } })).toEqual({ result: 3, logs: ['adding'] })
  })

  it('calculator calculates, and says what is wrong with an expression', async () => {
    expect(await call('calculator', { expression: '6 * 7' })).toEqual({ result: 42 })
    await expect(call('calculator', { expression: 'process.exit()' })).rejects.toMatchObject({
      failure: { code: 'tool_failed', message: expect.stringContaining('"."') },
    })
  })

  it.each([
    [
      {},
      { iso: '2026-07-01T22:30:05.000Z', timeZone: 'UTC', local: '2026-07-01T22:30:05+00:00', weekday: 'Wednesday' },
    ],
    [{ timeZone: 'Europe/Berlin' }, { local: '2026-07-02T00:30:05+02:00', weekday: 'Thursday' }],
    [{ timeZone: 'Asia/Kathmandu' }, { local: '2026-07-02T04:15:05+05:45', weekday: 'Thursday' }],
    [{ timeZone: 'America/St_Johns' }, { local: '2026-07-01T20:00:05-02:30' }],
  ])('current_time answers %j with the local time', async (args, time) => {
    expect(await call('current_time', args)).toMatchObject(time)
  })

  it('current_time names a time zone it does not know', async () => {
    await expect(call('current_time', { timeZone: 'Mars/Olympus' })).rejects.toThrow('"Mars/Olympus"')
  })

  it.each([
    ['calculator', { expression: 7 }, 'expression'],
    ['calculator', { expression: '1', extra: 1 }, 'extra'],
    ['calculator', 'expression', 'arguments'],
    ['http_request', { url: 'https://a.example/', headers: { 'x-a': { secret: 'crm' } } }, 'headers.x-a'],
    ['run_code', {}, 'source'],
  ] satisfies [string, Json, string][])('%s refuses %j, naming the argument', async (name, args, argument) => {
    await expect(call(name, args)).rejects.toMatchObject({
      failure: { code: 'tool_failed', message: expect.stringContaining(argument) },
    })
  })
})

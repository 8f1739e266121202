import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openApi } from '../testing/api'
import { type RunningBaton, startBaton } from '../testing/baton'
import { word } from '../testing/chance'
import { chainOf, inputOf, node, outputOf } from '../testing/graph'

let baton: RunningBaton
let api: Api
beforeAll(async () => {
  baton = await startBaton()
  api = await openApi(baton)
})
afterAll(() => baton?.stop())

const good = chainOf(inputOf(), outputOf('x'))
const text = (value: unknown) => JSON.stringify(value)
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const count = async () => {
  const [workflows, runs] = await Promise.all([
    api.get<{ items: unknown[] }>('/workflows?limit=100'),
    api.get<{ items: unknown[] }>('/runs?limit=100'),
  ])
  return workflows.items.length + runs.items.length
}

const bodies: [string, string | Uint8Array<ArrayBuffer>][] = [
  ['nothing', ''],
  ['no JSON', '{"graph":'],
  ['two values', '{} {}'],
  ['a list', '[]'],
  ['null', 'null'],
  ['bytes that are no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ['an unknown key', text({ graph: good, [word()]: 1 })],
  ['a tenant that it chose itself', text({ graph: good, workspaceId: crypto.randomUUID() })],
  ['__proto__', `{"graph":${text(good)},"__proto__":{"role":"owner"}}`],
  ['__proto__ deep inside', text({ graph: good }).replace('"fields":[]', '"fields":[],"__proto__":{"x":1}')],
  ['a lone surrogate', `{"graph":${text({ ...good, name: 'X' }).replace('"X"', '"\\ud800"')}}`],
  ['a NUL character', text({ graph: { ...good, name: 'a\u0000b' } })],
  ['wrong types', text({ graph: { ...good, nodes: { a: 1 }, edges: 'none' } })],
  ['a graph of another version', text({ graph: { ...good, baton: 2 } })],
  ['an unknown key in a node', text({ graph: { ...good, nodes: [{ ...inputOf(), colour: 'red' }] } })],
  ['an id that is not allowed', text({ graph: { ...good, nodes: [{ ...inputOf(), id: 'A-b' }] } })],
  ['65 levels', `{"graph":${nested(64)}}`],
  ['100,000 levels', `{"graph":${nested(100_000)}}`],
  ['100,000 levels of objects', `{"graph":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
  ['a million values', `{"graph":[${'0,'.repeat(1_000_000)}0]}`],
  ['100,000 keys', `{"graph":{${Array.from({ length: 100_000 }, (_, index) => `"k${index}":1`).join(',')}}}`],
]

/** Milliseconds on the processor, all threads together. Null where the system does not say. */
function processorTime(): number | null {
  try {
    const stat = readFileSync(`/proc/${baton.pid}/stat`, 'utf8')
    const [user = '', system = ''] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
    return (Number(user) + Number(system)) * 10
  } catch {
    return null
  }
}

/**
 * The longest that another request had to wait for its answer meanwhile. On a busy machine it waits for the processor as
 * well: no longer than the server was at work can it have been held up by the server.
 */
async function slowestWhile(work: () => Promise<unknown>): Promise<number> {
  let slowest = 0
  let isOver = false
  const before = processorTime()
  const watch = (async () => {
    while (!isOver) {
      const began = performance.now()
      await api.ask('GET', '/health', undefined, { key: null })
      slowest = Math.max(slowest, performance.now() - began)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  })()
  await work()
  isOver = true
  await watch
  const after = processorTime()
  return before === null || after === null ? slowest : Math.min(slowest, after - before)
}

describe('a body', () => {
  it.each(bodies)('with %s is refused with a clear problem, and nothing is stored', async (_, raw) => {
    const before = await count()
    for (const path of ['/workflows', '/runs']) {
      const answer = await api.ask('POST', path, undefined, { raw })
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
      expect(answer.body).toMatchObject({ type: 'about:blank', status: answer.status, title: expect.any(String) })
      expect(String(answer.body.code)).toMatch(/^[a-z_]+$/)
      expect(String(answer.body.detail).length).toBeGreaterThan(10)
    }
    expect(await count()).toBe(before)
  })

  it('names every wrong place at once', async () => {
    const graph = {
      ...good,
      nodes: [
        { ...inputOf(), colour: 'red' },
        { id: 'done', kind: 'outptu', config: {} },
      ],
      extra: 1,
    }
    const { status, body } = await api.post('/workflows', { graph })
    expect(status).toBe(422)
    expect(text(body.problems)).toMatch(/colour/)
    expect(text(body.problems)).toMatch(/extra/)
    expect((body.problems as { message: string }[]).every(({ message }) => message.length > 10)).toBe(true)
  })

  const worst = bodies.filter(([name]) => /100,000|million/.test(name))
  it.each(worst)('with %s lets other requests be answered in under 200 ms', async (_, raw) => {
    const slowest = await slowestWhile(() => api.ask('POST', '/workflows', undefined, { raw }))
    expect(slowest).toBeLessThan(200)
  })

  it.each([
    ['announced', false],
    ['in chunks', true],
  ])('of 100 MB, %s, is 413 and holds nobody up', async (_, chunked) => {
    let status = 0
    const slowest = await slowestWhile(async () => {
      status = await sendLarge(100, chunked)
    })
    expect(status).toBe(413)
    expect(slowest).toBeLessThan(200)
  })

  it.each([7, 9])('of %i MB is on the right side of the limit of 8 MB', async (megabytes) => {
    const raw = text({ graph: { ...good, description: 'x'.repeat(megabytes * 1_000_000) } })
    const { status, body } = await api.ask('POST', '/workflows', undefined, { raw })
    expect({ status, code: body.code }).toEqual(
      megabytes > 8 ? { status: 413, code: 'too_large' } : { status: 422, code: 'invalid_graph' },
    )
  })

  it('of another media type or encoding is 415, and none is fine where none is needed', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await api.ask('POST', '/workflows', undefined, { raw: 'graph=1', headers: form })).status).toBe(415)
    const id = await api.begin(chainOf(inputOf(), node('rest', 'wait', { seconds: 600 })))
    expect((await api.ask('POST', `/runs/${id}/cancel`)).status).toBe(202)
  })

  async function sendLarge(megabytes: number, chunked: boolean): Promise<number> {
    const chunk = Buffer.alloc(1_000_000, 'a')
    return new Promise((resolve, reject) => {
      const outgoing = request(
        `${baton.origin}/api/v1/workflows`,
        {
          method: 'POST',
          headers: {
            authorization: `Bearer ${api.key}`,
            'content-type': 'application/json',
            ...(chunked ? {} : { 'content-length': megabytes * chunk.length }),
          },
        },
        (response) => {
          response.resume()
          resolve(response.statusCode ?? 0)
        },
      )
      outgoing.on('error', reject)
      let sent = 0
      const pump = () => {
        while (sent < megabytes) {
          sent += 1
          if (!outgoing.write(chunk)) return void outgoing.once('drain', pump)
        }
        outgoing.end()
      }
      pump()
    })
  }
})

describe('an address', () => {
  const unknown = crypto.randomUUID()
  it.each([
    ['GET', '/nothing'],
    ['GET', `/workflows/${unknown}`],
    ['PUT', `/workflows/${unknown}`],
    ['DELETE', `/workflows/${unknown}`],
    ['POST', `/workflows/${unknown}/publish`],
    ['GET', `/workflows/${unknown}/versions`],
    ['POST', `/workflows/${unknown}/runs`],
    ['GET', `/runs/${unknown}`],
    ['GET', `/runs/${unknown}/events`],
    ['GET', `/runs/${unknown}/graph`],
    ['GET', `/runs/${unknown}/cassette`],
    ['POST', `/runs/${unknown}/cancel`],
    ['POST', `/runs/${unknown}/pause`],
    ['POST', `/runs/${unknown}/resume`],
    ['POST', `/runs/${unknown}/retry`],
    ['POST', `/runs/${unknown}/fork`],
    ['POST', `/runs/${unknown}/approvals/gate`],
    ['GET', `/files/${unknown}`],
    ['DELETE', `/connections/${unknown}`],
    ['DELETE', `/keys/${unknown}`],
    ['DELETE', `/secrets/${word()}`],
  ])('%s %s of nothing is 404', async (method, path) => {
    const bodies: Record<string, unknown> = { PUT: { graph: good }, approvals: { decision: 'approved' } }
    const body = path.includes('approvals') ? bodies.approvals : bodies[method]
    expect(await api.ask(method, path, body)).toMatchObject({ status: 404, body: { code: 'not_found' } })
    const odd = path.replace(unknown, '..%2f..%2fetc')
    expect((await api.ask(method, odd, body)).status).toBeLessThan(500)
    expect((await api.ask(method, path.replace(unknown, "1' or 1=1 --"), body)).status).toBe(404)
  })

  it('with a wrong method is 405, with a wrong query 422', async () => {
    const wrong = await api.ask('PATCH', '/workflows')
    expect(wrong).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } })
    expect(wrong.headers.get('allow')?.split(', ').sort()).toEqual(['GET', 'POST'])
    expect((await api.ask('GET', '/runs?cursor=%00')).status).toBe(400)
    for (const query of ['limit=0', 'limit=100000', 'limit=x', `${word()}=1`, 'cursor=%ff', 'limit=1&limit=2'])
      expect({ query, status: (await api.ask('GET', `/runs?${query}`)).status }).toEqual({ query, status: 422 })
  })
})

import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import Ajv2020 from 'ajv/dist/2020'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, type Json, openApi } from '../testing/api'
import { type RunningBaton, startBaton } from '../testing/baton'
import { word } from '../testing/chance'
import { chainOf, field, inputOf, outputOf } from '../testing/graph'

let baton: RunningBaton
let api: Api
beforeAll(async () => {
  baton = await startBaton()
  api = await openApi(baton)
})
afterAll(() => baton?.stop())

/** With headers that `fetch` does not let one set. */
function raw(
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
) {
  return new Promise<{ status: number; text: string; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const outgoing = request(`${baton.origin}${path}`, { method, headers }, async (response) =>
      resolve({ status: response.statusCode ?? 0, text: await text(response), headers: response.headers }),
    )
    outgoing.on('error', reject).end()
  })
}

type Schema = { [key: string]: Json }
type Operation = {
  operationId: string
  summary: string
  parameters: { name: string; in: string; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>
}
type OpenApi = {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

describe('the OpenAPI document', () => {
  const load = () => api.get<OpenApi>('/openapi.json')
  const operations = ({ paths }: OpenApi) =>
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    )

  it('is OpenAPI 3.1, holds everything the product promises, and every schema in it is one', async () => {
    const document = await load()
    expect(document.openapi).toMatch(/^3\.1\./)
    const promised = `GET POST /workflows, GET PUT DELETE /workflows/{id}, POST /workflows/{id}/publish, GET /workflows/{id}/versions,
      POST /workflows/{id}/runs, GET /runs, GET /runs/{id}, GET /runs/{id}/events, POST /runs/{id}/cancel, POST /runs/{id}/pause,
      POST /runs/{id}/resume, POST /runs/{id}/retry, POST /runs/{id}/fork, POST /runs/{id}/approvals/{path}, POST /files, GET /runs/{id}/cassette`
    for (const line of promised.split(',')) {
      const [path = '', ...methods] = line.trim().split(/\s+/).reverse()
      for (const method of methods)
        expect({ path, method, is: Boolean(document.paths[path]?.[method.toLowerCase()]) }).toEqual({
          path,
          method,
          is: true,
        })
    }
    const ids = operations(document).map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    for (const { path, operation } of operations(document)) {
      const schemas = [
        ...operation.parameters.map(({ schema }) => schema),
        ...Object.values(operation.requestBody?.content ?? {}).map(({ schema }) => schema),
        ...Object.values(operation.responses).flatMap(({ content }) =>
          Object.values(content ?? {}).map(({ schema }) => schema),
        ),
      ].filter(
        (schema) =>
          !JSON.stringify(schema).includes('"$ref":"#/components') &&
          !JSON.stringify(schema).includes('"$ref":"/schema'),
      )
      for (const schema of schemas) expect({ path, valid: ajv.validateSchema(schema) }).toEqual({ path, valid: true })
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect(operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(named)
    }
  })

  it('describes answers as they are', async () => {
    const document = await load()
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    const workflow = await api.workflow(chainOf(inputOf(field('who')), outputOf('{{ start.who }}')))
    const run = await api.post(`/workflows/${workflow}/runs`, { input: { who: word() }, wait: 30 })
    const answers: [string, string, string, Json][] = [
      ['/workflows/{id}/runs', 'post', '200', run.body],
      ['/runs/{id}', 'get', '200', await api.get(`/runs/${run.body.id}`)],
      ['/runs', 'get', '200', await api.get('/runs')],
      ['/workflows', 'get', '200', await api.get('/workflows')],
      ['/workflows/{id}', 'get', '200', await api.get(`/workflows/${workflow}`)],
      ['/workflows/{id}/versions', 'get', '200', await api.get(`/workflows/${workflow}/versions`)],
      ['/runs/{id}/events', 'get', '200', await api.get(`/runs/${run.body.id}/events`)],
      ['/runs/{id}/cassette', 'get', '200', await api.get(`/runs/${run.body.id}/cassette`)],
      ['/me', 'get', '200', await api.get('/me')],
      ['/keys', 'get', '200', await api.get('/keys')],
      ['/connections', 'get', '200', await api.get('/connections')],
    ]
    for (const [path, method, status, body] of answers) {
      const schema = document.paths[path]?.[method]?.responses[status]?.content?.['application/json']?.schema ?? false
      const isRight = ajv.compile(schema)
      isRight(body)
      expect({ path, errors: isRight.errors }).toEqual({ path, errors: null })
    }
    const isProblem = ajv.compile(document.components.schemas.Problem ?? false)
    for (const answer of [
      await api.ask('GET', `/runs/${crypto.randomUUID()}`),
      await api.post('/workflows', { graph: 1 }),
      await api.ask('PATCH', '/runs'),
      await api.ask('GET', '/me', undefined, { key: null }),
    ]) {
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
      expect(isProblem(answer.body)).toBe(true)
    }
  })
})

describe('the server', () => {
  it('says that it lives and that it is ready, without a key and for any name', async () => {
    for (const path of ['/api/v1/health', '/api/v1/ready']) {
      for (const host of ['127.0.0.1', 'lb.internal']) expect((await raw(path, { headers: { host } })).status).toBe(200)
    }
    expect(JSON.parse((await raw('/api/v1/ready')).text)).toEqual({ status: 'ready', database: true, queue: true })
  })

  it('counts what it does for Prometheus: with a key, or on this machine, not through a proxy', async () => {
    const number = (metrics: string) =>
      Number(/^baton_http_requests_total\{route="GET \/me",status="200"\} (\d+)/m.exec(metrics)?.[1] ?? 0)
    await api.get('/me')
    const before = number((await raw('/api/v1/metrics')).text)
    for (let index = 0; index < 3; index += 1) await api.get('/me')
    const after = await raw('/api/v1/metrics')
    expect(after.headers['content-type']).toMatch(/^text\/plain/)
    expect(number(after.text)).toBe(before + 3)
    for (const line of after.text.split('\n').filter((one) => one !== ''))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{.*\})? ([-+.\de]+|NaN|[+-]Inf))$/i)
    const proxied = { 'x-forwarded-for': '203.0.113.9' }
    expect((await raw('/api/v1/metrics', { headers: proxied })).status).toBe(401)
    expect((await raw('/api/v1/metrics', { headers: { ...proxied, authorization: `Bearer ${api.key}` } })).status).toBe(
      200,
    )
  })

  it('is deaf to other names and to pages of other sites', async () => {
    const key = { authorization: `Bearer ${api.key}` }
    for (const host of ['evil.example', '127.0.0.1.evil.example', `${word()}.local`, 'user@127.0.0.1']) {
      const answer = await raw('/api/v1/me', { headers: { ...key, host } })
      expect({ host, status: answer.status }).toEqual({ host, status: 403 })
      expect((await raw('/', { headers: { host } })).status).toBe(421)
    }
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1', `${baton.origin}.evil.example`]) {
      const answer = await raw('/api/v1/workflows', {
        method: 'POST',
        headers: { ...key, origin, 'content-type': 'application/json' },
      })
      expect({ origin, status: answer.status }).toEqual({ origin, status: 403 })
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    }
    expect((await raw('/api/v1/workflows', { method: 'POST', headers: { ...key, origin: baton.origin } })).status).toBe(
      422,
    )
  })
})

describe('a file', () => {
  const upload = (content: string | Uint8Array<ArrayBuffer>, name: string, type = 'text/plain') =>
    api.ask('POST', `/files?name=${encodeURIComponent(name)}`, undefined, {
      raw: content,
      headers: { 'content-type': type },
    })

  it.each([1, 3_000_000])('of %i bytes is stored, taken as input and given back as it was', async (size) => {
    const bytes = crypto.getRandomValues(new Uint8Array(Math.min(size, 60_000)))
    const content = new Uint8Array(size).map((_, index) => bytes[index % bytes.length] ?? 0)
    const name = `ä "${word()}".bin`
    const made = await upload(content, name, 'application/octet-stream')
    expect(made).toMatchObject({ status: 201, body: { name, size, type: 'application/octet-stream' } })
    const run = await api.run(chainOf(inputOf(field('doc', 'file')), outputOf('{{ start.doc }}')), {
      input: { doc: made.body },
    })
    expect(run.output).toEqual(made.body)
    const response = await fetch(`${baton.origin}/api/v1/files/${made.body.file}`, {
      headers: { authorization: `Bearer ${api.key}` },
    })
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(content)
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/)
  })

  it('comes as a form too, and a page among them is never shown as one of ours', async () => {
    const form = new FormData()
    const content = `<script>${word()}</script>`
    form.set('file', new File([content], 'page.html', { type: 'text/html' }))
    const response = await fetch(`${baton.origin}/api/v1/files`, {
      method: 'POST',
      body: form,
      headers: { authorization: `Bearer ${api.key}` },
    })
    const made = (await response.json()) as { file: string; name: string; type: string }
    expect(response.status).toBe(201)
    expect(made).toMatchObject({ name: 'page.html', type: 'text/html' })
    const back = await fetch(`${baton.origin}/api/v1/files/${made.file}`, {
      headers: { authorization: `Bearer ${api.key}` },
    })
    expect(await back.text()).toBe(content)
    expect(back.headers.get('content-security-policy')).toContain('sandbox')
    expect(back.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('that is too large, or not there, is refused', async () => {
    expect((await upload('x'.repeat(8_500_000), 'big')).status).toBe(413)
    const graph = chainOf(inputOf(field('doc', 'file')), outputOf('{{ start.doc }}'))
    const unknown = { file: crypto.randomUUID(), name: 'a', type: 'text/plain', size: 1 }
    expect(await api.post('/runs', { graph, input: { doc: unknown } })).toMatchObject({
      status: 422,
      body: { problems: [{ path: 'input.doc' }] },
    })
    expect((await api.post('/runs', { graph, input: { doc: 'x' } })).status).toBe(422)
  })
})

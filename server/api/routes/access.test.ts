import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Route } from '@/server/api/http/route'
import { allRoutes } from '@/server/api/routes/all-routes'
import { asking, failing, greeting } from '@/server/api/testing/graphs'
import { openServer, type TestServer } from '@/server/api/testing/open-server'
import { hashToken } from '@/server/people/token'

let server: TestServer
let theirs: {
  workflow: string
  run: string
  waiting: string
  key: string
  connection: string
  template: string
  file: string
  share: string
  hash: string
  cause: string
  folder: string
}

beforeAll(async () => {
  server = await openServer()
  const ask = <T>(path: string, body: unknown) => server.ask<T>(`/api/v1${path}`, { key: server.awayKey, body })
  const workflow = (await ask<{ id: string }>('/workflows', { graph: greeting })).body.id
  await ask(`/workflows/${workflow}/publish`, {})
  const run = (await ask<{ id: string }>('/runs', { graph: greeting, input: { who: 'them' }, wait: 10 })).body.id
  const events = await server.ask<{ events: { output?: { hash: string } }[] }>(`/api/v1/runs/${run}/events`, {
    key: server.awayKey,
  })
  theirs = {
    workflow,
    run,
    hash: events.body.events.at(-1)?.output?.hash ?? '',
    cause: await causeOf(ask),
    folder: (await ask<{ id: string }>('/folders', { name: 'theirs' })).body.id,
    waiting: (await ask<{ id: string }>('/runs', { graph: asking, wait: 10 })).body.id,
    share: (await ask<{ id: string }>(`/runs/${run}/share`, {})).body.id,
    key: (await ask<{ id: string }>('/keys', { name: 'theirs' })).body.id,
    connection: (
      await ask<{ id: string }>('/connections', { name: 'theirs', baseUrl: 'http://127.0.0.1:9/v1', key: 'sk-theirs' })
    ).body.id,
    template: (await ask<{ id: string }>('/templates', { graph: greeting, name: 'theirs' })).body.id,
    file: (
      await server.ask<{ file: string }>('/api/v1/files?name=f', {
        raw: 'x',
        key: server.awayKey,
        headers: { 'content-type': 'text/plain' },
      })
    ).body.file,
  }
  await server.ask('/api/v1/secrets/theirs', { method: 'PUT', body: { value: 'hush' }, key: server.awayKey })
})
afterAll(async () => {
  expect(server.reports).toEqual([])
  await server.close()
})

/** A run of theirs that fails, and why. */
async function causeOf(ask: <T>(path: string, body: unknown) => Promise<{ body: T }>): Promise<string> {
  await ask('/runs', { graph: failing, wait: 10 })
  const { body } = await server.ask<{ items: { cause: string }[] }>('/api/v1/dead-letters', { key: server.awayKey })
  return body.items[0]?.cause ?? ''
}

const label = ({ method, path }: Route) => `${method} ${path}`
const named = (routes: readonly Route[]) => routes.map((route) => [label(route), route] as const)
const withId = allRoutes.filter(
  ({ path, method }) => path.includes('{') && !(method === 'PUT' && path === '/secrets/{name}'),
)

/** Sample runs belong to nobody: they come with the server. */
const sample = '/templates/{id}/sample'
const isOwned = ({ path }: Route) => path !== sample

/** A body that would be accepted, so that only the id can be what is wrong. */
const bodies: { [label: string]: object } = {
  'PUT /workflows/{id}': { graph: greeting },
  'POST /workflows/{id}/runs': { input: { who: 'us' } },
  'POST /runs/{id}/approvals/{path}': { decision: 'approved', fields: { why: 'x' } },
  'PUT /folders/{id}': { name: 'ours' },
  'PUT /connections/{id}': { baseUrl: 'http://127.0.0.1:9/v2' },
}

function theirPath({ path, method }: Route): string {
  const run = method === 'POST' || path.includes('/approvals/') ? theirs.waiting : theirs.run
  return path
    .replace(sample, '/templates/brief-writers/sample')
    .replace('/templates/{id}', `/templates/${theirs.template}`)
    .replace('/workflows/{id}', `/workflows/${theirs.workflow}`)
    .replace('/runs/{id}', `/runs/${run}`)
    .replace('/keys/{id}', `/keys/${theirs.key}`)
    .replace('/connections/{id}', `/connections/${theirs.connection}`)
    .replace('/folders/{id}', `/folders/${theirs.folder}`)
    .replace('{cause}', theirs.cause)
    .replace('/files/{id}', `/files/${theirs.file}`)
    .replace('/secrets/{name}', '/secrets/theirs')
    .replace('/shares/{id}', `/shares/${theirs.share}`)
    .replace('{version}', '1')
    .replace('{hash}', theirs.hash)
    .replace('{path}', 'ask')
    .replace('{node}', 'greet')
}

const otherPath = ({ path }: Route, id: string) =>
  path
    .replace('{id}', id)
    .replace('{cause}', id)
    .replace('{name}', id)
    .replace('{version}', '1')
    .replace('{hash}', 'x'.repeat(32))
    .replace('{path}', 'ask')
    .replace('{node}', 'greet')

describe('ids', () => {
  test.each(named(withId.filter(isOwned)))('%s: what belongs to another workspace is 404', async (name, route) => {
    const path = `/api/v1${theirPath(route)}`
    expect(path).not.toContain('{')
    const body = bodies[name]
    const answer = await server.ask(path, { method: route.method, ...(body ? { body } : {}) })
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(answer.text).not.toContain('them')
  })

  test.each(named(withId))('%s: unknown and malformed ids are 404', async (name, route) => {
    const body = bodies[name]
    for (const id of [randomUUID(), 'nothing', '0', '%27%20or%201%3D1', 'x'.repeat(150)]) {
      const answer = await server.ask(`/api/v1${otherPath(route, id)}`, {
        method: route.method,
        ...(body ? { body } : {}),
      })
      expect(answer.status).toBe(404)
    }
  })

  test('the very same requests work for their owner', async () => {
    const reads = withId.filter(({ method }) => method === 'GET')
    expect(reads.length).toBeGreaterThan(8)
    for (const route of reads) {
      const answer = await server.ask(`/api/v1${theirPath(route)}`, { key: server.awayKey })
      expect([label(route), answer.status]).toEqual([label(route), 200])
    }
  })

  test('lists hold nothing of another workspace', async () => {
    for (const list of [
      'workflows',
      'runs',
      'keys',
      'secrets',
      'connections',
      'approvals',
      'dead-letters',
      'folders',
    ]) {
      const { text, status } = await server.ask(`/api/v1/${list}`)
      expect(status).toBe(200)
      expect(text).not.toContain('theirs')
      expect(text).not.toContain(theirs.run)
      expect(text).not.toContain(theirs.waiting)
      expect(text).not.toContain(theirs.workflow)
    }
  })
})

describe('where a change comes from', () => {
  const changing = allRoutes.filter(({ method }) => method !== 'GET')

  test.each(named(changing))('%s refuses the page of another site and a foreign host name', async (_, route) => {
    const path = `/api/v1${otherPath(route, randomUUID())}`
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `http://127.0.0.1:${server.port + 1}` },
    ]) {
      const answer = await server.ask(path, { method: route.method, headers })
      expect(answer).toMatchObject({ status: 403, body: { code: 'wrong_origin' } })
    }
    const rebound = await server.ask(path, { method: route.method, headers: { host: `evil.example:${server.port}` } })
    expect(rebound).toMatchObject({ status: 403, body: { code: 'wrong_host' } })
  })

  test.each(named(changing))('%s by cookie has to say where it comes from', async (_, route) => {
    const cookie = `baton_session=${await session()}`
    const path = `/api/v1${otherPath(route, randomUUID())}`
    const bare = await server.ask(path, { method: route.method, key: null, headers: { cookie } })
    expect(bare).toMatchObject({ status: 403, body: { code: 'wrong_origin' } })
    for (const own of [{ origin: server.url }, { 'sec-fetch-site': 'same-origin' }]) {
      const answer = await server.ask(path, { method: route.method, key: null, headers: { cookie, ...own } })
      expect(answer.body).not.toMatchObject({ code: 'wrong_origin' })
      expect(answer.status).not.toBe(401)
    }
  })

  async function session(): Promise<string> {
    const token = randomUUID().replaceAll('-', '')
    const { userId, workspaceId } = server.home
    const expiresAt = new Date(Date.now() + 60_000)
    await server.deps.db.session.create({ data: { tokenHash: hashToken(token), userId, workspaceId, expiresAt } })
    return token
  }
})

describe('roles', () => {
  const needs = {
    viewer: ['GET /workflows', 'GET /runs', 'GET /me', 'GET /aliases', 'GET /approvals', 'GET /dead-letters'],
    operator: [
      'POST /files',
      'POST /runs/{id}/cancel',
      'POST /workflows/{id}/runs',
      'POST /runs/{id}/approvals/{path}',
      'POST /dead-letters/{cause}/retry',
    ],
    editor: [
      'POST /workflows',
      'PUT /workflows/{id}',
      'DELETE /workflows/{id}',
      'POST /runs',
      'GET /secrets',
      'GET /connections',
      'POST /folders',
    ],
    admin: ['GET /keys', 'POST /keys', 'PUT /secrets/{name}', 'POST /connections', 'PUT /aliases'],
  } as const
  const order = ['viewer', 'operator', 'editor', 'admin'] as const

  test.each(order)('a %s may do what is meant for that role, and no more', async (role) => {
    const key = await server.keyFor(role)
    for (const [index, needed] of order.entries()) {
      for (const name of needs[needed]) {
        const [method = '', path = ''] = name.split(' ')
        const route = allRoutes.find((each) => each.method === method && each.path === path)
        if (!route) throw new Error(`no route ${name}`)
        const samples: { [name: string]: object } = {
          'POST /keys': { name: 'x', role: 'viewer' },
          'PUT /secrets/{name}': { value: 'x' },
          'POST /connections': { name: randomUUID().slice(0, 8), baseUrl: 'http://127.0.0.1:9' },
          'POST /folders': { name: randomUUID() },
          'PUT /aliases': { aliases: {} },
          'POST /workflows': { graph: greeting },
          'POST /runs': { graph: greeting, input: { who: 'x' } },
        }
        const body = samples[name] ?? bodies[name]
        const answer = await server.ask(
          `/api/v1${otherPath(route, name === 'PUT /secrets/{name}' ? 'mine' : randomUUID())}`,
          { method, key, ...(body ? { body } : {}) },
        )
        const isForbidden = index > order.indexOf(role)
        expect([role, name, answer.status === 403]).toEqual([role, name, isForbidden])
      }
    }
  })

  test('a key can not be given more than its maker may do', async () => {
    const admin = await server.keyFor('admin')
    expect(await server.ask('/api/v1/keys', { key: admin, body: { name: 'x', role: 'owner' } })).toMatchObject({
      status: 403,
    })
    expect(await server.ask('/api/v1/keys', { key: admin, body: { name: 'x', role: 'admin' } })).toMatchObject({
      status: 201,
    })
  })
})

import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { RunProjection, WorkflowProjection } from '@/engine/share/projection'
import { openServer, type TestServer } from '@/server/api/testing/open-server'

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(async () => {
  expect(server.reports).toEqual([])
  await server.close()
})

const topic = `the topic ${randomUUID()}`
const graph = {
  baton: 1,
  name: 'Shared',
  nodes: [
    { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] } },
    {
      id: 'write',
      kind: 'agent',
      name: 'Writer',
      config: { instructions: `You write. ${randomUUID()}`, prompt: 'Write about {{ start.topic }}' },
    },
    { id: 'done', kind: 'output', config: { value: '{{ write.text }}' } },
  ],
  edges: [
    { source: 'start', target: 'write' },
    { source: 'write', target: 'done' },
  ],
}

const runOf = async (of: object = graph, input: object = { topic }) => {
  const { status, body } = await server.ask<{ id: string }>('/api/v1/runs', { body: { graph: of, input, wait: 30 } })
  expect(status).toBe(200)
  return body.id
}
const share = async (what: string, options: object = {}) => {
  const { status, body } = await server.ask<{ id: string; url: string }>(`/api/v1/${what}/share`, { body: options })
  expect(status).toBe(201)
  return { id: body.id, path: new URL(body.url).pathname }
}
/** Somebody who has nothing but the address. */
const look = <T = RunProjection>(path: string, more: object = {}) => server.ask<T>(path, { key: null, ...more })
type Listed = { items: { id: string; state: string; views: number; hasPassword: boolean; name: string }[] }
const listed = async (id: string) =>
  (await server.ask<Listed>('/api/v1/shares')).body.items.find((one) => one.id === id)

describe('a link to a run', () => {
  test('shows outputs and the timeline unless something else is asked for, and never says who runs what', async () => {
    const runId = await runOf()
    const { path } = await share(`runs/${runId}`)
    const { status, body, text, headers } = await look(`${path}.json`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ v: 1, kind: 'run', name: 'Shared', status: 'completed', next: null })
    expect(headers).toMatchObject({
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    expect(text).toContain('step.completed')
    for (const hidden of [runId, 'You write.', 'simulated/', 'inputTokens']) expect(text).not.toContain(hidden)
    expect(Object.keys(body.values).length).toBeGreaterThan(0)
  })

  test('is previewed as exactly what it will give', async () => {
    const runId = await runOf()
    const options = { include: { input: true, costs: true }, hide: ['write'], showAuthor: true }
    const preview = await server.ask(`/api/v1/runs/${runId}/share/preview`, { body: options })
    const { path } = await share(`runs/${runId}`, options)
    expect((await look(`${path}.json`)).body).toEqual(preview.body)
    expect(preview.body).toMatchObject({ sharedBy: 'owner', shown: { hidden: ['hidden_1'] } })
  })

  test('gives whole values one by one, and none that is not in its projection', async () => {
    const { path } = await share(`runs/${await runOf()}`)
    const { body } = await look(`${path}.json`)
    for (const [key, value] of Object.entries(body.values)) {
      expect((await look<{ value: unknown }>(`${path}/values/${key}`)).body.value).toEqual(value)
    }
    for (const key of ['v0', `v${Object.keys(body.values).length + 1}`, 'withheld', '__proto__'])
      expect((await look(`${path}/values/${key}`)).status).toBe(404)
  })

  test('is small before anything is opened: 50 nodes with long answers fit into 150 KB', async () => {
    const long = randomBytes(6_000)
      .toString('hex')
      .replaceAll(/(.{7})/g, '$1 ')
    const nodes = Array.from({ length: 49 }, (_, n) => ({
      id: `n${n}`,
      kind: 'agent',
      config: { prompt: `Repeat: ${long}` },
    }))
    const edges = nodes.slice(1).map(({ id }, n) => ({ source: `n${n}`, target: id }))
    const done = { id: 'done', kind: 'output', config: { value: long } }
    const runId = await runOf(
      { baton: 1, name: 'Long', nodes: [...nodes, done], edges: [...edges, { source: 'n48', target: 'done' }] },
      {},
    )
    const { path } = await share(`runs/${runId}`, {
      include: { input: true, prompts: true, costs: true, toolArguments: true },
    })
    const slim = await look(`${path}.json?slim=1`)
    const whole = await look(`${path}.json`)
    const { nodes: _, ...run } = slim.body.graph
    expect(run).toBeDefined()
    expect(slim.body.values).toEqual({})
    expect(slim.body.events.map(({ type }) => type)).toEqual(whole.body.events.map(({ type }) => type))
    // With prompts the graph itself is as long as what people wrote; without them it is small whatever they wrote.
    const plain = await share(`runs/${runId}`)
    expect((await look(`${plain.path}.json?slim=1`)).text.length).toBeLessThan(150 * 1024)
  })

  test('ends at once and for good, for everybody, and then reads like one that never was', async () => {
    const { id, path } = await share(`runs/${await runOf()}`)
    const key = Object.keys((await look(`${path}.json`)).body.values)[0]
    expect((await server.ask(`/api/v1/shares/${id}`, { method: 'DELETE', key: server.awayKey })).status).toBe(404)
    expect((await look(`${path}.json`)).status).toBe(200)
    expect((await server.ask(`/api/v1/shares/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await server.ask(`/api/v1/shares/${id}`, { method: 'DELETE' })).status).toBe(404)
    const never = `/s/${randomBytes(16).toString('base64url')}`
    for (const rest of ['.json', '.json?slim=1', '.yaml', `/values/${key}`]) {
      const [ended, unknown] = [await look(`${path}${rest}`), await look(`${never}${rest}`)]
      expect([ended.status, ended.text]).toEqual([404, unknown.text])
      expect({ ...ended.headers, date: '' }).toEqual({ ...unknown.headers, date: '' })
    }
    const [ended, unknown] = await Promise.all(
      [path, never].map((at) => look(`${at}/unlock`, { body: { password: 'whatever it is' } })),
    )
    expect([ended?.status, ended?.text]).toEqual([404, unknown?.text])
    expect(await listed(id)).toMatchObject({ state: 'revoked' })
  })

  test('ends at its time', async () => {
    const { id, path } = await share(`runs/${await runOf()}`, { expiresInHours: 0.5 / 3_600 })
    await vi.waitFor(async () => expect((await look(`${path}.json`)).status).toBe(404), {
      timeout: 5_000,
      interval: 50,
    })
    expect(await listed(id)).toMatchObject({ state: 'expired' })
    const past = await server.ask(`/api/v1/runs/${await runOf()}/share`, {
      body: { expiresAt: '2020-01-01T00:00:00Z' },
    })
    expect(past).toMatchObject({ status: 422, body: { problems: [{ path: 'expiresAt' }] } })
  })

  test('with a password gives nothing without it', async () => {
    const password = randomUUID()
    const { id, path } = await share(`runs/${await runOf()}`, { password })
    for (const rest of ['.json', '.yaml', '/values/v1'])
      expect(await look(`${path}${rest}`)).toMatchObject({ status: 401, body: { code: 'password_required' } })
    expect(await look(`${path}/unlock`, { body: { password: `${password}x` } })).toMatchObject({
      status: 403,
      body: { code: 'wrong_password' },
    })
    expect((await look(`${path}/unlock`, { body: { password, runId: id } })).status).toBe(422)
    const opened = await look<{ proof: string }>(`${path}/unlock`, { body: { password } })
    const cookies = [opened.headers['set-cookie'] ?? []].flat()
    const [cookie = ''] = cookies[0]?.split(';') ?? []
    expect(cookies.map((each) => /; Path=([^;]+);.*HttpOnly/.exec(each)?.[1])).toEqual([
      path,
      `${path}.json`,
      `${path}.yaml`,
    ])
    expect((await look(`${path}.json`, { headers: { cookie } })).status).toBe(200)
    expect((await look(`${path}.json`, { headers: { 'x-share-proof': opened.body.proof } })).status).toBe(200)
    const other = await share(`runs/${await runOf()}`, { password })
    expect((await look(`${other.path}.json`, { headers: { 'x-share-proof': opened.body.proof } })).status).toBe(401)
    expect(JSON.stringify(await server.deps.db.share.findMany())).not.toContain(password)
  })

  test('stops answering who tries passwords, also with the right one', async () => {
    const password = randomUUID()
    const { path } = await share(`runs/${await runOf()}`, { password })
    const guesses = await Promise.all(
      Array.from({ length: 12 }, () => look(`${path}/unlock`, { body: { password: randomUUID() } })),
    )
    expect(
      guesses
        .map(({ status }) => status)
        .sort()
        .at(-1),
    ).toBe(429)
    expect((await look(`${path}/unlock`, { body: { password } })).status).toBe(429)
  })

  test('counts who opened it', async () => {
    const { id, path } = await share(`runs/${await runOf()}`)
    await look(`${path}.json`)
    await look(`${path}.json?slim=1`)
    expect((await look(`${path}/views`, { method: 'POST' })).status).toBe(204)
    expect(await listed(id)).toMatchObject({ views: 2, name: 'Shared', state: 'open', hasPassword: false })
  })

  test('is kept as a hash of its token', async () => {
    const { path } = await share(`runs/${await runOf()}`)
    const token = path.slice('/s/'.length)
    expect(Buffer.from(token, 'base64url')).toHaveLength(16)
    expect(JSON.stringify(await server.deps.db.share.findMany())).not.toContain(token)
  })

  test('is not made when it is to hide a node that is not there, nor previewed, nor one to a workflow', async () => {
    const runId = await runOf()
    const made = await server.ask<{ id: string }>('/api/v1/workflows', { body: { graph } })
    for (const what of [`runs/${runId}`, `workflows/${made.body.id}`]) {
      for (const end of ['share', 'share/preview']) {
        const { status, body } = await server.ask(`/api/v1/${what}/${end}`, { body: { hide: ['start', 'writr'] } })
        expect(status).toBe(422)
        expect(body).toMatchObject({
          code: 'invalid_input',
          problems: [{ code: 'unknown_node', path: 'hide.1', message: expect.stringContaining('`write`') }],
        })
      }
    }
  })

  test('may be made by those who edit, of runs of their own', async () => {
    const runId = await runOf()
    const ask = (key: string) => server.ask(`/api/v1/runs/${runId}/share`, { body: {}, key })
    expect((await ask(await server.keyFor('viewer'))).status).toBe(403)
    expect((await ask(server.awayKey)).status).toBe(404)
    expect((await server.ask('/api/v1/shares', { key: server.awayKey })).body).toMatchObject({ items: [] })
  })

  test('takes no path that leads elsewhere, and no other method', async () => {
    const { path } = await share(`runs/${await runOf()}`)
    expect((await look(`${path}.json`, { method: 'POST' })).status).toBe(405)
    expect((await look(`${path}/unlock`)).status).toBe(405)
    expect((await look(`${path}/views`, { method: 'POST', headers: { origin: 'http://evil.example' } })).status).toBe(
      403,
    )
    for (const rest of ['/graph', '/events', '/values/', '/values/v1/x'])
      expect((await look(`${path}${rest}`)).status).toBe(418)
  })
})

describe('using what a link shows', () => {
  const copy = async (options: object) => {
    const { path } = await share(`runs/${await runOf()}`, options)
    const token = path.slice('/s/'.length)
    const used = await server.ask<{ workflowId: string }>('/api/v1/shares/use', {
      body: { token },
      key: server.awayKey,
    })
    expect(used.status).toBe(201)
    const made = await server.ask<{ graph: unknown; problems: unknown[] }>(
      `/api/v1/workflows/${used.body.workflowId}`,
      { key: server.awayKey },
    )
    return { path, ...made.body }
  }

  test('copies a team that runs when its prompts are shared', async () => {
    const { problems, graph: copied } = await copy({ include: { prompts: true } })
    expect(problems).toEqual([])
    expect(JSON.stringify(copied)).toContain('You write.')
  })

  test('copies its shape otherwise, and gives the same as a file', async () => {
    const { path, graph: copied } = await copy({})
    expect(JSON.stringify(copied)).not.toContain('You write.')
    const file = await look(`${path}.yaml`)
    expect(file.headers['content-disposition']).toContain('shared.yaml')
    expect(file.text).toContain('name: Writer')
    expect(file.text).not.toContain('You write.')
  })

  test('needs the password, and a link', async () => {
    const password = randomUUID()
    const { path } = await share(`runs/${await runOf()}`, { password })
    const token = path.slice('/s/'.length)
    const use = (body: object) => server.ask('/api/v1/shares/use', { body })
    expect((await use({ token })).status).toBe(403)
    const { proof } = (await look<{ proof: string }>(`${path}/unlock`, { body: { password } })).body
    expect((await use({ token, proof })).status).toBe(201)
    expect((await use({ token: randomUUID() })).status).toBe(404)
  })
})

test('a link to a workflow shows it as it was drawn when the link was made', async () => {
  const made = await server.ask<{ id: string; revision: number }>('/api/v1/workflows', { body: { graph } })
  const { path } = await share(`workflows/${made.body.id}`)
  await server.ask(`/api/v1/workflows/${made.body.id}`, {
    method: 'PUT',
    body: { revision: made.body.revision, graph: { ...graph, name: 'Drawn later' } },
  })
  const { body } = await look<WorkflowProjection>(`${path}.json`)
  expect(body).toMatchObject({ kind: 'workflow', name: 'Shared' })
  expect(body).not.toHaveProperty('events')
  expect(body.graph.nodes.map(({ config }) => config)).toEqual([{}, {}, {}])
})

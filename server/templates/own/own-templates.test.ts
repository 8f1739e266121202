import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readGraph } from '@/engine/graph/read'
import type { Graph } from '@/engine/graph/schema'
import { specs } from '@/nodes/registry/specs'
import { openServer, type TestServer } from '@/server/api/testing/open-server'
import { readTemplates } from '@/server/templates/read-templates'

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(async () => {
  expect(server.reports).toEqual([])
  await server.close()
})

type View = { id: string; name: string; category: string; source: string; tags: string[]; sampleInput: object }

const graph = (name: string): Graph => ({
  baton: 1,
  name,
  roles: { writer: { persona: 'You write.', model: 'house/large' } },
  nodes: [
    { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text', required: true }] } },
    {
      id: 'write',
      kind: 'agent',
      config: { model: 'house/large', instructions: 'You write.', prompt: '{{ start.topic }}' },
    },
    { id: 'check', kind: 'agent', config: { model: 'fast', instructions: 'You check.', prompt: '{{ write.text }}' } },
    {
      id: 'send',
      kind: 'http',
      config: {
        method: 'POST',
        url: 'https://mail.example/send',
        headers: { authorization: { secret: 'mail_token' } },
      },
    },
    { id: 'done', kind: 'output', config: { value: '{{ check.text }}' } },
  ],
  edges: [
    { source: 'start', target: 'write' },
    { source: 'write', target: 'check' },
    { source: 'check', target: 'send' },
    { source: 'send', target: 'done' },
  ],
})
const said = {
  name: 'Tea notes',
  description: 'Writes a note about a tea.',
  category: 'content',
  tags: ['tea'],
  difficulty: 'easy',
  summary: 'One writes, one checks.',
  sampleInput: { topic: 'Darjeeling' },
}
const save = (body: object) => server.ask<View>('/api/v1/templates', { body })
const list = async () => (await server.ask<{ templates: View[] }>('/api/v1/templates')).body.templates
const fileOf = async (id: string) => (await server.ask(`/api/v1/templates/${id}/export`)).text

describe('a template of a workspace', () => {
  test('is saved from a workflow, stands in the gallery with the others, and is used like them', async () => {
    const workflow = await server.ask<{ id: string }>('/api/v1/workflows', { body: { graph: graph('Draft') } })
    const saved = await save({ workflowId: workflow.body.id, ...said })
    const { summary: _, ...shown } = said
    expect(saved).toMatchObject({ status: 201, body: { ...shown, source: 'workspace' } })
    const { templates } = await readTemplates()
    const all = await list()
    expect(all).toHaveLength(templates.length + 1)
    expect(all.at(-1)).toMatchObject({ id: saved.body.id, name: 'Tea notes' })
    const used = await server.ask<{ workflowId: string }>(`/api/v1/templates/${saved.body.id}/use`, { body: {} })
    expect(used.status).toBe(201)
    const made = await server.ask<{ graph: Graph }>(`/api/v1/workflows/${used.body.workflowId}`)
    expect(made.body.graph).toMatchObject({ name: 'Tea notes', template: { sampleInput: { topic: 'Darjeeling' } } })
  })

  test('names no connection of the workspace that made it, and holds secrets by name only', async () => {
    await server.ask('/api/v1/connections', {
      body: { name: 'house', baseUrl: 'http://127.0.0.1:9/v1', key: 'sk-house' },
    })
    const { body } = await save({ graph: graph('Clean'), ...said })
    const text = await fileOf(body.id)
    expect(text).not.toMatch(/house|sk-/)
    const read = readGraph(text, specs)
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    const models = read.graph.nodes.map(({ config }) => config.model).filter((model) => model !== undefined)
    expect(models).toEqual(['default', 'fast'])
    expect(read.graph.roles?.writer?.model).toBe('default')
    expect(text).toContain('secret: mail_token')
  })

  test('goes out as a file and comes in as the same template', async () => {
    const { body } = await save({ graph: graph('Travelling'), ...said })
    const text = await fileOf(body.id)
    const again = await save({ text })
    expect(again.status).toBe(201)
    expect({ ...again.body, id: body.id }).toEqual(body)
    expect(await fileOf(again.body.id)).toBe(text)
    const json = await server.ask(`/api/v1/templates/${body.id}/export?format=json`)
    expect(json.headers['content-disposition']).toContain('tea-notes.json')
  })

  test('is changed and deleted, and what comes with Baton is neither', async () => {
    const { body } = await save({ graph: graph('Changing'), ...said })
    const at = `/api/v1/templates/${body.id}`
    const changed = await server.ask<View>(at, { method: 'PUT', body: { name: 'Coffee notes', tags: [] } })
    expect(changed).toMatchObject({ status: 200, body: { name: 'Coffee notes', tags: [], category: 'content' } })
    expect((await server.ask(at, { method: 'DELETE' })).status).toBe(204)
    expect((await server.ask(at, { method: 'DELETE' })).status).toBe(404)
    expect((await list()).map(({ id }) => id)).not.toContain(body.id)
    for (const method of ['PUT', 'DELETE'])
      expect((await server.ask('/api/v1/templates/brief-writers', { method, body: {} })).status).toBe(409)
  })

  test('is seen and touched by nobody outside its workspace', async () => {
    const { body } = await save({ graph: graph('Ours'), ...said, name: 'Only ours' })
    const key = server.awayKey
    expect((await server.ask('/api/v1/templates', { key })).text).not.toContain('Only ours')
    for (const [path, method] of [
      ['/export', 'GET'],
      ['/sample', 'GET'],
      ['/use', 'POST'],
      ['', 'DELETE'],
      ['', 'PUT'],
    ] as const) {
      const answer = await server.ask(`/api/v1/templates/${body.id}${path}`, {
        key,
        method,
        ...(method === 'GET' ? {} : { body: {} }),
      })
      expect([path, answer.status]).toEqual([path, 404])
    }
  })

  test('is asked for with sense', async () => {
    const both = { workflowId: 'x', graph: graph('x') }
    for (const body of [
      {},
      both,
      { text: ': no graph' },
      { graph: { baton: 2 } },
      { graph: graph('x'), difficulty: 'hard' },
    ])
      expect((await save(body)).status).toBe(422)
    expect((await save({ workflowId: 'nothing' })).status).toBe(404)
    const viewer = await server.keyFor('viewer')
    expect((await server.ask('/api/v1/templates', { body: { graph: graph('x') }, key: viewer })).status).toBe(403)
  })
})

describe('the sample run of a template that ships', () => {
  test('is served as a log with its values, and has a graph that fits', async () => {
    const { body, status } = await server.ask<{
      graph: Graph
      events: { seq: number; type: string }[]
      values: object
    }>('/api/v1/templates/decision-debate/sample')
    expect(status).toBe(200)
    expect(body.events.map(({ seq }) => seq)).toEqual(body.events.map((_, index) => index + 1))
    expect(body.events.at(-1)?.type).toBe('run.completed')
    expect(JSON.stringify(body.values)).toContain('Churn gives us room')
  })
})

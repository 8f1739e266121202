import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openServer, type TestServer } from '@/server/api/testing/open-server'
import type { AppRouter } from '@/server/api/trpc/router'

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(async () => {
  expect(server.reports).toEqual([])
  await server.close()
})

type Listed = { templates: { id: string; sampleInput: object }[] }
type Workflow = { id: string; name: string; slug: string; publishedVersion: number | null; graph: unknown }

const client = () => {
  const headers = { authorization: `Bearer ${server.key}` }
  return createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `${server.url}/api/trpc`, headers })] })
}
const use = async (id: string, key = server.key) =>
  server.ask<{ workflowId: string }>(`/api/v1/templates/${id}/use`, { body: {}, key })
const workflows = async (key = server.key) =>
  (await server.ask<{ items: Workflow[] }>('/api/v1/workflows', { key })).body.items

describe('the list', () => {
  test('tells of each what a card shows, and no more', async () => {
    const { body, status } = await server.ask<Listed>('/api/v1/templates')
    expect(status).toBe(200)
    for (const template of body.templates) {
      expect(Object.keys(template)).toEqual([
        ...['id', 'name', 'description', 'category', 'tags', 'difficulty', 'estimatedCost', 'sampleInput', 'source'],
      ])
      expect(template).toMatchObject({ source: 'gallery' })
    }
    expect(await client().templates.list.query({})).toEqual(body)
  })

  test('is for everybody who is a member, and for nobody else', async () => {
    expect((await server.ask('/api/v1/templates', { key: await server.keyFor('viewer') })).status).toBe(200)
    expect((await server.ask('/api/v1/templates', { key: null })).status).toBe(401)
  })
})

describe('a look at one', () => {
  test('gives its graph and says what would be copied along', async () => {
    const shown = await client().templates.get.query({ id: 'market-research' })
    expect(shown.graph.nodes.length).toBeGreaterThan(5)
    expect(shown.copies).toEqual([{ id: 'fact-check', name: 'Fact check' }])
    expect((await client().templates.get.query({ id: 'fact-check' })).copies).toEqual([])
  })

  test('of one that there is not is refused', async () => {
    for (const id of ['nothing', '../package', 'fact-check.yaml', '__proto__'])
      await expect(client().templates.get.query({ id })).rejects.toMatchObject({ data: { httpStatus: 404 } })
  })
})

describe('using one', () => {
  test('copies it into the workspace as a draft that is the template', async () => {
    const { body, status } = await use('brief-writers')
    expect(status).toBe(201)
    const made = await server.ask<Workflow>(`/api/v1/workflows/${body.workflowId}`)
    const { graph } = await client().templates.get.query({ id: 'brief-writers' })
    expect(made.body).toMatchObject({ name: 'Brief writers', publishedVersion: null, graph })
    expect((await workflows(server.awayKey)).map(({ name }) => name)).not.toContain('Brief writers')
  })

  test('twice makes two workflows, and another name may be given', async () => {
    const [one, two] = [await use('meeting-actions'), await use('meeting-actions')]
    expect(one.body.workflowId).not.toBe(two.body.workflowId)
    const { workflowId } = await client().templates.use.mutate({ id: 'meeting-actions', name: 'Ours' })
    expect((await server.ask<Workflow>(`/api/v1/workflows/${workflowId}`)).body.name).toBe('Ours')
  })

  test('brings the workflows that it runs, once and ready to be run', async () => {
    const called = async (id: string) => {
      const { body } = await server.ask<{ graph: { nodes: { kind: string; config: { workflow: string } }[] } }>(
        `/api/v1/workflows/${id}`,
      )
      return body.graph.nodes.find(({ kind }) => kind === 'workflow')?.config.workflow
    }
    const first = await use('market-research')
    const slug = await called(first.body.workflowId)
    const copies = async () => (await workflows()).filter(({ name }) => name === 'Fact check')
    expect(await copies()).toMatchObject([{ slug, publishedVersion: 1 }])
    const second = await use('market-research')
    expect(await called(second.body.workflowId)).toBe(slug)
    expect(await copies()).toHaveLength(1)
  })

  test('needs an editor', async () => {
    const key = await server.keyFor('operator')
    expect((await use('brief-writers', key)).status).toBe(403)
  })
})

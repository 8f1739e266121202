import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Graph } from '@/engine/graph/schema'
import { broken, greeting } from '@/server/api/testing/graphs'
import { openServer, type TestServer } from '@/server/api/testing/open-server'
import { freeSlug, slugOf } from '@/server/workflows/slug'
import type { WorkflowDetail } from '@/server/workflows/workflow-view'

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(async () => {
  expect(server.reports).toEqual([])
  await server.close()
})

const create = (body: object) => server.ask<WorkflowDetail>('/api/v1/workflows', { body })
const save = (id: string, body: object) =>
  server.ask<WorkflowDetail>(`/api/v1/workflows/${id}`, { method: 'PUT', body })
const publish = (id: string, body?: object) =>
  server.ask<{ version: number }>(`/api/v1/workflows/${id}/publish`, { method: 'POST', ...(body && { body }) })
const get = (id: string) => server.ask<WorkflowDetail>(`/api/v1/workflows/${id}`)

describe('a workflow', () => {
  test('is made with a slug of its own and comes back as it went', async () => {
    const first = await create({ graph: { ...greeting, name: 'Grüße & Küsse' } })
    expect(first).toMatchObject({
      status: 201,
      body: { name: 'Grüße & Küsse', slug: 'gru-e-kusse', revision: 1, publishedVersion: null, problems: [] },
    })
    const second = await create({ graph: greeting, name: 'Grüße & Küsse' })
    expect(second.body).toMatchObject({
      name: 'Grüße & Küsse',
      slug: 'gru-e-kusse-2',
      graph: { name: 'Grüße & Küsse' },
    })
    expect((await get(first.body.id)).body).toEqual(first.body)
    expect((await get('gru-e-kusse-2')).body.id).toBe(second.body.id)
    expect(first.body.graph).toEqual({ ...greeting, name: 'Grüße & Küsse' })
  })

  test('many of one name made together each get a slug', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => create({ graph: greeting, name: 'Rush' })))
    expect(made.map(({ status }) => status)).toEqual(Array(6).fill(201))
    expect(new Set(made.map(({ body }) => body.slug)).size).toBe(6)
  })

  test('may be a draft that does not compile, but not one that is no graph', async () => {
    const made = await create({ graph: broken })
    expect(made.status).toBe(201)
    expect(made.body.problems).toMatchObject([{ severity: 'error', nodeId: 'done' }])
    const unknownKind = { ...broken, nodes: [{ id: 'x', kind: 'magic', config: {} }] }
    expect(await create({ graph: unknownKind })).toMatchObject({
      status: 422,
      body: { code: 'invalid_graph', problems: [{ code: 'unknown_kind', nodeId: 'x' }] },
    })
  })

  test('is saved over the revision that was edited, and never over a newer one', async () => {
    const { id } = (await create({ graph: greeting })).body
    const mine = { ...greeting, description: 'mine' }
    expect(await save(id, { graph: mine, revision: 1 })).toMatchObject({ status: 200, body: { revision: 2 } })
    const stale = await save(id, { graph: { ...greeting, description: 'yours' }, revision: 1 })
    expect(stale).toMatchObject({
      status: 409,
      body: { code: 'stale_revision', revision: 2, graph: { description: 'mine' } },
    })
    expect((await get(id)).body).toMatchObject({ revision: 2, graph: { description: 'mine' } })
    expect(await save(id, { graph: greeting, name: 'Renamed' })).toMatchObject({
      body: { revision: 3, name: 'Renamed', slug: expect.stringMatching(/^greeting/) },
    })
  })

  test('saved by many from one revision is changed by one of them', async () => {
    const { id } = (await create({ graph: greeting })).body
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => save(id, { graph: { ...greeting, description: `${n}` }, revision: 1 })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409])
    const winner = answers.findIndex(({ status }) => status === 200)
    expect((await get(id)).body.graph.description).toBe(`${winner}`)
  })

  test('is published in numbered versions that never change', async () => {
    const { id } = (await create({ graph: greeting })).body
    expect((await publish(id, { note: 'first' })).body).toMatchObject({ version: 1, note: 'first', createdBy: null })
    await save(id, { graph: { ...greeting, description: 'second' } })
    expect((await publish(id)).body.version).toBe(2)
    const { body } = await server.ask<{ items: { version: number }[]; nextCursor: string }>(
      `/api/v1/workflows/${id}/versions?limit=1`,
    )
    expect(body.items.map(({ version }) => version)).toEqual([2])
    const next = await server.ask<{ items: { version: number }[] }>(
      `/api/v1/workflows/${id}/versions?cursor=${body.nextCursor}`,
    )
    expect(next.body).toMatchObject({ items: [{ version: 1, note: 'first' }], nextCursor: null })
    const graphs = await Promise.all(
      [1, 2].map(
        async (version) =>
          (await server.ask<{ graph: Graph }>(`/api/v1/workflows/${id}/versions/${version}`)).body.graph,
      ),
    )
    expect(graphs.map(({ description }) => description)).toEqual([undefined, 'second'])
    expect((await get(id)).body.publishedVersion).toBe(2)
    for (const version of ['3', '0', 'x'])
      expect((await server.ask(`/api/v1/workflows/${id}/versions/${version}`)).status).toBe(404)
  })

  test('is remembered as the one to run by its hash only: graphs are kept in one place, which is bounded', async () => {
    const { id } = (await create({ graph: greeting })).body
    await publish(id)
    const run = { body: { input: { who: 'Ada' }, wait: 20 } }
    expect((await server.ask(`/api/v1/workflows/${id}/runs`, run)).status).toBe(200)
    const remembered = await server.deps.plans.published.get(`${server.home.workspaceId}//${id}`, () => {
      throw new Error('It is not remembered.')
    })
    expect(Object.keys(remembered ?? {}).toSorted()).toEqual(['hash', 'version', 'workflowId'])
  })

  test('published by many at once gets one version each, without gaps', async () => {
    const { id } = (await create({ graph: greeting })).body
    const versions = await Promise.all(Array.from({ length: 5 }, () => publish(id)))
    expect(versions.map(({ body }) => body.version).sort()).toEqual([1, 2, 3, 4, 5])
    expect((await get(id)).body.publishedVersion).toBe(5)
  })

  test('that does not compile is not published', async () => {
    const { id } = (await create({ graph: broken })).body
    expect(await publish(id)).toMatchObject({
      status: 422,
      body: { code: 'invalid_graph', problems: [{ nodeId: 'done' }] },
    })
    expect((await get(id)).body.publishedVersion).toBeNull()
  })

  test('that was deleted is gone, and its name is free again', async () => {
    const { id, slug } = (await create({ graph: greeting, name: 'Passing' })).body
    expect(await server.ask(`/api/v1/workflows/${id}`, { method: 'DELETE' })).toMatchObject({ status: 204, text: '' })
    expect((await get(id)).status).toBe(404)
    expect((await get(slug)).status).toBe(404)
    expect((await save(id, { graph: greeting })).status).toBe(404)
    expect((await publish(id)).status).toBe(404)
    expect((await server.ask(`/api/v1/workflows/${id}`, { method: 'DELETE' })).status).toBe(404)
    expect((await create({ graph: greeting, name: 'Passing' })).body.slug).toBe(slug)
  })
})

describe('the list', () => {
  test('goes through all workflows once, page by page, and finds by a part of the name', async () => {
    const names = ['100% tea', '100 coffees', 'a_b', 'axb', 'Tea time']
    for (const name of names) await create({ graph: greeting, name })
    const all = await server.deps.db.workflow.count({
      where: { workspaceId: server.home.workspaceId, deletedAt: null },
    })
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: { body: { items: { id: string }[]; nextCursor: string | null } } = await server.ask(
        `/api/v1/workflows?limit=4${cursor && `&cursor=${cursor}`}`,
      )
      seen.push(...page.body.items.map(({ id }) => id))
      cursor = page.body.nextCursor
    }
    expect(seen).toHaveLength(all)
    expect(new Set(seen).size).toBe(all)
    const find = async (text: string) =>
      (
        await server.ask<{ items: { name: string }[] }>(`/api/v1/workflows?search=${encodeURIComponent(text)}`)
      ).body.items
        .map(({ name }) => name)
        .sort()
    expect(await find('TEA')).toEqual(['100% tea', 'Tea time'])
    expect(await find('100%')).toEqual(['100% tea'])
    expect(await find('a_b')).toEqual(['a_b'])
  })
})

describe('files of graphs', () => {
  test('what was exported imports to the same graph, in both formats', async () => {
    const { id } = (await create({ graph: greeting })).body
    for (const format of ['yaml', 'json']) {
      const file = await server.ask(`/api/v1/workflows/${id}/export?format=${format}`)
      expect(file.headers['content-disposition']).toContain(`.${format}"`)
      const again = await server.ask<WorkflowDetail>('/api/v1/workflows/import', { body: { text: file.text } })
      expect(again).toMatchObject({ status: 201 })
      expect(again.body.graph).toEqual((await get(id)).body.graph)
    }
  })

  test('what is no graph is told where', async () => {
    const answer = await server.ask<{ problems: unknown[] }>('/api/v1/workflows/import', {
      body: { text: 'baton: 1\nnodes: [' },
    })
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_graph' } })
    expect(answer.body.problems.length).toBeGreaterThan(0)
  })
})

describe('a slug', () => {
  test.each([
    ['Brief writer (new)', 'brief-writer-new'],
    ['  --  ', 'workflow'],
    ['日本', 'workflow'],
    ['é'.repeat(100), 'e'.repeat(60)],
  ])('of %j is %j', (name, slug) => expect(slugOf(name)).toBe(slug))

  test('that is taken gets the next free number', () => {
    expect(freeSlug('a', new Set())).toBe('a')
    expect(freeSlug('a', new Set(['a', 'a-2', 'a-4']))).toBe('a-3')
  })
})

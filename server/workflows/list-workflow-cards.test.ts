import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { greeting } from '@/server/api/testing/graphs'
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

const client = (key = server.key) =>
  createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: `${server.url}/api/trpc`, headers: { authorization: `Bearer ${key}` } })],
  })
const nobody = '00000000-0000-4000-8000-000000000000'

describe('the cards of the home page', () => {
  test('are the list, each with a picture of its draft and not with the draft', async () => {
    const trpc = client()
    const made = await trpc.workflows.create.mutate({ graph: greeting })
    const { items, nextCursor } = await trpc.workflows.cards.query({ limit: 5 })
    const list = await trpc.workflows.list.query({ limit: 5 })
    expect(nextCursor).toBe(list.nextCursor)
    expect(items.map(({ sketch: _, ...item }) => item)).toEqual(list.items)
    expect(items[0]?.sketch.nodes.map(({ id, kind }) => ({ id, kind }))).toEqual(
      made.graph.nodes.map(({ id, kind }) => ({ id, kind })),
    )
    expect(JSON.stringify(items)).not.toContain('config')
  })

  test('know the last fourteen runs of each workflow, the newest first', async () => {
    const trpc = client()
    const [busy, idle] = [
      await trpc.workflows.create.mutate({ graph: greeting }),
      await trpc.workflows.create.mutate({ graph: greeting }),
    ]
    const started: string[] = []
    for (let count = 0; count < 16; count += 1) {
      const run = await trpc.runs.start.mutate({ id: busy.id, version: 'draft', input: { who: 'Ada' }, wait: 10 })
      started.unshift(run.id)
    }
    const { runs } = await trpc.runs.last.query({ workflowIds: [busy.id, idle.id, nobody] })
    expect(runs[busy.id]?.map(({ id }) => id)).toEqual(started.slice(0, 14))
    expect(new Set(runs[busy.id]?.map(({ status }) => status))).toEqual(new Set(['completed']))
    expect(runs).toMatchObject({ [idle.id]: [], [nobody]: [] })

    const stranger = client(server.awayKey)
    expect(await stranger.runs.last.query({ workflowIds: [busy.id] })).toEqual({ runs: { [busy.id]: [] } })
    expect((await stranger.workflows.cards.query({ limit: 5 })).items).toEqual([])
  })
})

describe('the cards of the gallery', () => {
  test('are the templates, each with a picture that shows every node it has', async () => {
    const trpc = client()
    const [{ templates: cards }, { templates }] = await Promise.all([
      trpc.templates.cards.query({}),
      trpc.templates.list.query({}),
    ])
    expect(cards).toMatchObject(templates)
    for (const { id, sketch, agents } of cards) {
      const { graph } = await trpc.templates.get.query({ id })
      expect(sketch.nodes.map((node) => node.id)).toEqual(graph.nodes.map((node) => node.id))
      expect(sketch.edges).toHaveLength(graph.edges.length)
      expect(agents).toBeGreaterThan(1)
    }
  })
})

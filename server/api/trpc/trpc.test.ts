import { createTRPCClient, httpBatchLink, httpLink, TRPCClientError } from '@trpc/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { broken, greeting } from '@/server/api/testing/graphs'
import { openServer, type TestServer } from '@/server/api/testing/open-server'
import type { AppRouter } from '@/server/api/trpc/router'

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(async () => {
  await server.close()
})

const clientWith = (headers: { [name: string]: string }) =>
  createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `${server.url}/api/trpc`, headers })] })
const client = () => clientWith({ authorization: `Bearer ${server.key}` })

async function problemOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof TRPCClientError)) throw new Error('it was not refused')
  return { message: error.message, data: error.data as { httpStatus: number; problem: unknown } }
}

describe('the router', () => {
  test('does with the same use cases what REST does', async () => {
    const trpc = client()
    const made = await trpc.workflows.create.mutate({ graph: greeting })
    expect((await server.ask(`/api/v1/workflows/${made.id}`)).body).toEqual(made)
    await trpc.workflows.publish.mutate({ id: made.id })
    const run = await trpc.runs.start.mutate({ id: made.id, input: { who: 'Ada' }, wait: 10 })
    expect(await trpc.runs.get.query({ id: run.id })).toMatchObject({ status: 'completed', output: 'Hello Ada' })
    expect(await trpc.runs.graph.query({ id: run.id })).toMatchObject({
      workflowId: made.id,
      workflowName: 'Greeting',
      version: 1,
      graph: greeting,
    })
    const [me, list] = await Promise.all([trpc.me.query(), trpc.runs.list.query({ limit: 5 })])
    expect(me).toMatchObject({ role: 'owner', workspace: { slug: 'default' } })
    expect(list.items).toHaveLength(1)
  })

  test('refuses with the same problem as REST', async () => {
    const trpc = client()
    const made = await trpc.workflows.create.mutate({ graph: broken })
    const rest = await server.ask(`/api/v1/workflows/${made.id}/publish`, { method: 'POST' })
    const refused = await problemOf(trpc.workflows.publish.mutate({ id: made.id }))
    expect(refused.data).toMatchObject({ httpStatus: 422, problem: rest.body })
    expect(await problemOf(trpc.workflows.get.query({ id: 'nothing' }))).toMatchObject({ data: { httpStatus: 404 } })
    const strange: object = { id: made.id, extra: 1 }
    expect(await problemOf(trpc.workflows.get.query(strange as { id: string }))).toMatchObject({
      data: { httpStatus: 422, problem: { problems: [{ path: 'extra' }] } },
    })
  })

  test('asks for a key or a session, and for the page that a change comes from', async () => {
    expect((await problemOf(clientWith({}).me.query())).message).toContain('Unable to transform')
    expect(await server.ask('/api/trpc/me', { key: null })).toMatchObject({ status: 401 })
    const evil = { authorization: `Bearer ${server.key}`, origin: 'https://evil.example' }
    const before = await server.deps.db.workflow.count()
    await problemOf(clientWith(evil).workflows.create.mutate({ graph: greeting }))
    expect(await server.deps.db.workflow.count()).toBe(before)
  })

  test('answers a page full of questions at once, but not a flood of them in one address', async () => {
    const asked = (count: number) =>
      server.ask(`/api/trpc/${Array.from({ length: count }, () => 'me').join(',')}?batch=1&input=%7B%7D`)
    expect((await asked(30)).status).toBe(200)
    expect((await asked(31)).status).toBe(400)
  })

  test('refuses text by GET that it would refuse in a body', async () => {
    const input = encodeURIComponent(JSON.stringify({ search: 'a\u0000' }))
    expect(await server.ask(`/api/trpc/workflows.list?input=${input}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid_text' },
    })
  })

  test('changes nothing by GET', async () => {
    const before = await server.deps.db.workflow.count()
    const input = encodeURIComponent(JSON.stringify({ graph: greeting }))
    expect((await server.ask(`/api/trpc/workflows.create?input=${input}`)).status).toBe(405)
    expect(await server.deps.db.workflow.count()).toBe(before)
  })

  test('keeps the text of an unexpected error to the server', async () => {
    const failing = createTRPCClient<AppRouter>({
      links: [httpLink({ url: `${server.url}/api/trpc`, headers: { authorization: `Bearer ${server.key}` } })],
    })
    await server.deps.db.$executeRawUnsafe('alter table secret rename to secret_away')
    const refused = await problemOf(failing.secrets.list.query({}))
    await server.deps.db.$executeRawUnsafe('alter table secret_away rename to secret')
    expect(refused).toEqual({
      message: 'Something went wrong on the server.',
      data: { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, problem: null },
    })
    expect(server.reports).toHaveLength(1)
  })
})

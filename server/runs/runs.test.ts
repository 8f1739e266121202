import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asking, broken, greeting } from '@/server/api/testing/graphs'
import { openServer, type TestServer } from '@/server/api/testing/open-server'
import type { RunView } from '@/server/runs/run-view'

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(() => server.close())

async function publish(graph: object): Promise<string> {
  const made = await server.ask<{ id: string }>('/api/v1/workflows', { body: { graph } })
  const published = await server.ask(`/api/v1/workflows/${made.body.id}/publish`, { method: 'POST' })
  expect(published.status).toBe(200)
  return made.body.id
}

const start = (id: string, body: object) =>
  server.ask<RunView & { code?: string; problems?: { path: string }[] }>(`/api/v1/workflows/${id}/runs`, { body })

describe('a run that another process has taken, or nobody has any more', () => {
  const patient = {
    baton: 1,
    name: 'Patient',
    nodes: [
      { id: 'rest', kind: 'wait', config: { seconds: 1 } },
      { id: 'done', kind: 'output', config: { value: 'done' } },
    ],
    edges: [{ source: 'rest', target: 'done' }],
  }
  const resting = async (workflowId: string) => {
    const row = await server.deps.db.run.findFirst({ where: { workflowId, status: 'waiting' } })
    return row?.id
  }

  test.each([
    [
      'its log is still there: it is told as it stands, and not as if it had settled',
      false,
      202,
      { status: 'waiting' },
    ],
    ['its log is gone: it is to be started again', true, 503, { code: 'unavailable' }],
  ])('while somebody waits for it, and %s', async (_, withLog, status, body) => {
    const id = await publish(patient)
    const waiting = start(id, { wait: 20 })
    await expect.poll(() => resting(id)).toBeDefined()
    const runId = (await resting(id)) ?? ''
    if (withLog) await server.deps.db.runEvent.deleteMany({ where: { runId } })
    await server.deps.db.run.delete({ where: { id: runId } })
    expect(await waiting).toMatchObject({ status, body })
  })
})

describe('starting a run', () => {
  test('with wait it answers the whole run', async () => {
    const id = await publish(greeting)
    const { status, body } = await start(id, { input: { who: 'Ada' }, wait: 10 })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      workflowId: id,
      version: 1,
      status: 'completed',
      input: { who: 'Ada' },
      output: 'Hello Ada',
      error: null,
      waitingFor: [],
      usage: { inputTokens: 0, outputTokens: 0, cost: 0, steps: 0 },
    })
    expect(body.nodes.map(({ path, kind, status }) => ({ path, kind, status }))).toEqual([
      { path: 'start', kind: 'input', status: 'completed' },
      { path: 'greet', kind: 'transform', status: 'completed' },
      { path: 'done', kind: 'output', status: 'completed' },
    ])
    const read = await server.ask<RunView>(`/api/v1/runs/${body.id}`)
    expect(read.body).toEqual(body)
  })

  test('without wait it answers 202 with the id at once', async () => {
    const id = await publish(greeting)
    const { status, body } = await start(id, { input: { who: 'Ada' } })
    expect(status).toBe(202)
    expect(Object.keys(body).sort()).toEqual(['id', 'status'])
  })

  test('a run that asks a person ends the waiting, one that goes on answers 202 at the deadline', async () => {
    const waiting = await start(await publish(asking), { wait: 10 })
    expect(waiting.status).toBe(200)
    expect(waiting.body).toMatchObject({
      status: 'waiting',
      output: null,
      waitingFor: [{ path: 'ask', reason: 'approval', title: 'Go on?' }],
    })

    const slow = {
      ...greeting,
      nodes: [
        ...greeting.nodes.slice(0, 1),
        { id: 'greet', kind: 'wait', config: { seconds: 60 } },
        { id: 'done', kind: 'output', config: {} },
      ],
    }
    const late = await start(await publish(slow), { input: { who: 'Ada' }, wait: 0.2 })
    expect(late.status).toBe(202)
    expect(late.body).toMatchObject({ status: 'waiting', output: null })
  })

  test('needs a published version, or the draft by name', async () => {
    const made = await server.ask<{ id: string }>('/api/v1/workflows', { body: { graph: greeting } })
    expect(await start(made.body.id, { input: { who: 'Ada' } })).toMatchObject({
      status: 409,
      body: { code: 'not_published' },
    })
    const draft = await start(made.body.id, { input: { who: 'Ada' }, version: 'draft', wait: 10 })
    expect(draft.body).toMatchObject({ status: 'completed', version: null, output: 'Hello Ada' })
    expect(await start(made.body.id, { input: { who: 'Ada' }, version: 7 })).toMatchObject({ status: 404 })
  })

  test('a published version goes on being what runs when the draft changes, until the next one', async () => {
    const id = await publish(greeting)
    const changed = {
      ...greeting,
      nodes: greeting.nodes.map((node) =>
        node.id === 'greet' ? { ...node, config: { template: 'Bye {{ start.who }}', as: 'text' } } : node,
      ),
    }
    await server.ask(`/api/v1/workflows/${id}`, { method: 'PUT', body: { graph: changed } })
    expect((await start(id, { input: { who: 'Ada' }, wait: 10 })).body.output).toBe('Hello Ada')
    await server.ask(`/api/v1/workflows/${id}/publish`, { method: 'POST' })
    expect((await start(id, { input: { who: 'Ada' }, wait: 10 })).body).toMatchObject({ output: 'Bye Ada', version: 2 })
    expect((await start(id, { input: { who: 'Ada' }, wait: 10, version: 1 })).body.output).toBe('Hello Ada')
  })

  test('a wrong input and a draft that does not compile are 422 with what is wrong', async () => {
    const id = await publish(greeting)
    const wrong = await start(id, { input: { who: 5, extra: 1 } })
    expect(wrong.status).toBe(422)
    expect(wrong.body.problems?.map(({ path }) => path).sort()).toEqual(['input.extra', 'input.who'])
    const made = await server.ask<{ id: string }>('/api/v1/workflows', { body: { graph: broken } })
    expect(await start(made.body.id, { version: 'draft' })).toMatchObject({
      status: 422,
      body: { code: 'invalid_graph' },
    })
  })

  test('the same idempotency key and body is the same run, another body is 409', async () => {
    const id = await publish(greeting)
    const first = await start(id, { input: { who: 'Ada' }, idempotencyKey: 'k1', wait: 10 })
    const again = await start(id, { wait: 10, idempotencyKey: 'k1', input: { who: 'Ada' } })
    expect(again.status).toBe(200)
    expect(again.body.id).toBe(first.body.id)
    const other = await start(id, { input: { who: 'Bob' }, idempotencyKey: 'k1' })
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_conflict', runId: first.body.id } })
  })

  test('many requests with one key at once make one run', async () => {
    const id = await publish(greeting)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => start(id, { input: { who: 'Ada' }, idempotencyKey: 'together', wait: 10 })),
    )
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200))
  })

  test('a graph of no workflow runs for whoever may draw', async () => {
    const ran = await server.ask<RunView>('/api/v1/runs', {
      body: { graph: greeting, input: { who: 'Ada' }, wait: 10 },
    })
    expect(ran.body).toMatchObject({ workflowId: null, status: 'completed', output: 'Hello Ada' })
    const key = await server.keyFor('operator')
    expect(await server.ask('/api/v1/runs', { body: { graph: greeting }, key })).toMatchObject({ status: 403 })
  })

  test('a file of another workspace is no input', async () => {
    const graph = {
      ...greeting,
      nodes: [
        { id: 'start', kind: 'input', config: { fields: [{ name: 'doc', type: 'file', required: true }] } },
        { id: 'done', kind: 'output', config: { value: '{{ start.doc.name }}' } },
      ],
      edges: [{ source: 'start', target: 'done' }],
    }
    const id = await publish(graph)
    const upload = (key: string) =>
      server.ask<{ file: string }>('/api/v1/files?name=a.txt', {
        raw: 'hello',
        headers: { 'content-type': 'text/plain' },
        key,
      })
    const ours = await upload(server.key)
    const theirs = await upload(server.awayKey)
    expect((await start(id, { input: { doc: ours.body }, wait: 10 })).body.output).toBe('a.txt')
    expect(await start(id, { input: { doc: theirs.body }, wait: 10 })).toMatchObject({
      status: 422,
      body: { problems: [{ path: 'input.doc' }] },
    })
  })
})

describe('deciding', () => {
  const decide = (run: string, body: object) => server.ask(`/api/v1/runs/${run}/approvals/ask`, { body })

  test('the first decision counts, the second is told who won', async () => {
    const { body: run } = await start(await publish(asking), { wait: 10 })
    expect(await decide(run.id, { decision: 'approved' })).toMatchObject({
      status: 422,
      body: { problems: [{ path: 'fields.why' }] },
    })
    expect(await decide(run.id, { decision: 'approved', fields: { why: 'because' } })).toMatchObject({ status: 202 })
    const second = await decide(run.id, { decision: 'rejected' })
    expect(second).toMatchObject({
      status: 409,
      body: { code: 'already_decided', decision: 'approved', by: { type: 'key', name: 'owner' } },
    })
    await expect
      .poll(async () => (await server.ask(`/api/v1/runs/${run.id}`)).body)
      .toMatchObject({ status: 'completed', output: 'because' })
  })

  test('a place that does not exist or does not wait takes no decision', async () => {
    const { body: run } = await start(await publish(asking), { wait: 10 })
    expect(
      await server.ask(`/api/v1/runs/${run.id}/approvals/start`, { body: { decision: 'approved' } }),
    ).toMatchObject({ status: 409, body: { code: 'not_waiting' } })
    expect(
      await server.ask(`/api/v1/runs/${run.id}/approvals/${encodeURIComponent('../x')}`, {
        body: { decision: 'approved' },
      }),
    ).toMatchObject({ status: 404 })
  })

  test('cancel and pause work without a body, and say what state forbids them', async () => {
    const { body: run } = await start(await publish(asking), { wait: 10 })
    expect(await server.ask(`/api/v1/runs/${run.id}/resume`, { method: 'POST' })).toMatchObject({
      status: 409,
      body: { code: 'wrong_state', runStatus: 'waiting' },
    })
    expect(await server.ask(`/api/v1/runs/${run.id}/cancel`, { method: 'POST' })).toMatchObject({ status: 202 })
    await expect.poll(async () => (await server.ask(`/api/v1/runs/${run.id}`)).body.status).toBe('cancelled')
    expect(await server.ask(`/api/v1/runs/${run.id}/cancel`, { method: 'POST' })).toMatchObject({ status: 409 })
  })
})

describe('reading', () => {
  test('runs are listed newest first, page by page and by status', async () => {
    const id = await publish(greeting)
    const ids: string[] = []
    for (const who of ['a', 'b', 'c', 'd', 'e']) ids.unshift((await start(id, { input: { who }, wait: 10 })).body.id)
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: { body: { items: RunView[]; nextCursor: string | null } } = await server.ask(
        `/api/v1/runs?workflowId=${id}&limit=2${cursor && `&cursor=${cursor}`}`,
      )
      seen.push(...page.body.items.map((run) => run.id))
      cursor = page.body.nextCursor
    }
    expect(seen).toEqual(ids)
    const failed = await server.ask<{ items: unknown[] }>(`/api/v1/runs?workflowId=${id}&status=failed`)
    expect(failed.body.items).toEqual([])
  })

  test('a run of no workflow is listed by the name of its graph, one of a workflow by the name of that', async () => {
    const graph = { ...greeting, name: `Greeting ${crypto.randomUUID()}` }
    const made = await server.ask<{ id: string }>('/api/v1/workflows', { body: { graph, name: 'Another name' } })
    const { body: ofWorkflow } = await start(made.body.id, { version: 'draft', input: { who: 'Ada' }, wait: 10 })
    const ofFile = await server.ask<RunView>('/api/v1/runs', { body: { graph, input: { who: 'Ada' }, wait: 10 } })
    const { items } = (await server.ask<{ items: { id: string; workflowName: string }[] }>('/api/v1/runs?limit=2')).body
    expect(items.map(({ id, workflowName }) => [id, workflowName])).toEqual([
      [ofFile.body.id, graph.name],
      [ofWorkflow.id, 'Another name'],
    ])
  })

  test('events come by seq without their values, which are opened one by one', async () => {
    const { body: run } = await start(await publish(greeting), { input: { who: 'Ada' }, wait: 10 })
    const page = await server.ask<{
      events: { seq: number; at: string; type: string; output?: { hash: string } }[]
      next: number | null
    }>(`/api/v1/runs/${run.id}/events`)
    const { events, next } = page.body
    expect(next).toBeNull()
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    expect(page.text).not.toContain('"inline"')
    expect(events.every(({ at }) => new Date(at).toISOString() === at)).toBe(true)
    const rest = await server.ask<{ events: unknown[] }>(`/api/v1/runs/${run.id}/events?after=2`)
    expect(rest.body.events).toEqual(events.slice(2))
    const hash = events.find(({ type }) => type === 'run.completed')?.output?.hash
    expect((await server.ask(`/api/v1/runs/${run.id}/payloads/${hash}`)).body).toEqual({ value: 'Hello Ada' })
  })

  test('large values come back whole, in the run and by their hash', async () => {
    const who = 'x'.repeat(20_000)
    const { body: run } = await start(await publish(greeting), { input: { who }, wait: 10 })
    expect(run.output).toBe(`Hello ${who}`)
    const { body } = await server.ask<{ events: { type: string; output?: { hash: string; preview: string } }[] }>(
      `/api/v1/runs/${run.id}/events`,
    )
    const ref = body.events.find(({ type }) => type === 'run.completed')?.output
    expect(ref?.preview.length).toBe(500)
    expect((await server.ask(`/api/v1/runs/${run.id}/payloads/${ref?.hash}`)).body).toEqual({ value: `Hello ${who}` })
    const other = await start(await publish(greeting), { input: { who: 'Ada' }, wait: 10 })
    expect(await server.ask(`/api/v1/runs/${other.body.id}/payloads/${ref?.hash}`)).toMatchObject({ status: 404 })
  })

  test('a stream follows a run to its end, from where it left off', async () => {
    const { body: run } = await start(await publish(asking), { wait: 10 })
    const stream = server.ask(`/api/v1/runs/${run.id}/events`, {
      headers: { accept: 'text/event-stream', 'last-event-id': '2' },
    })
    await server.ask(`/api/v1/runs/${run.id}/approvals/ask`, { body: { decision: 'approved', fields: { why: 'so' } } })
    const { text, headers } = await stream
    expect(headers['content-type']).toContain('text/event-stream')
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))
    expect(ids).toEqual(ids.map((_, index) => index + 3))
    expect(text).toContain('"run.completed"')
    const again = await server.ask(`/api/v1/runs/${run.id}/events`, {
      headers: { accept: 'text/event-stream', 'last-event-id': String(ids.at(-1)) },
    })
    expect(again.status).toBe(204)
  })
})

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { asking } from '@/server/api/testing/graphs'
import { openServer, type TestServer } from '@/server/api/testing/open-server'
import type { RunView } from '@/server/runs/run-view'

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(async () => {
  expect(server.reports).toEqual([])
  await server.close()
})

/** start → write (a model) → shout → done */
const writing = {
  baton: 1,
  name: 'Writing',
  nodes: [
    { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] } },
    {
      id: 'write',
      kind: 'agent',
      config: { model: 'default', instructions: 'Write.', prompt: 'About {{ start.topic }}' },
    },
    { id: 'shout', kind: 'transform', config: { template: '{{ write.text }}!', as: 'text' } },
    { id: 'done', kind: 'output', config: { value: '{{ shout }}' } },
  ],
  edges: [
    { source: 'start', target: 'write' },
    { source: 'write', target: 'shout' },
    { source: 'shout', target: 'done' },
  ],
}

type Event = {
  seq: number
  at: string
  startedAt?: unknown
  type: string
  path?: string
  inherited?: boolean
  forkedFrom?: { runId: string }
}

const run = (graph: object, body: object = {}) =>
  server.ask<RunView>('/api/v1/runs', { body: { graph, wait: 20, ...body } })
const fork = (id: string, body: object = {}) =>
  server.ask<RunView & { code?: string; problems?: unknown[] }>(`/api/v1/runs/${id}/fork`, {
    body: { wait: 20, ...body },
  })
const eventsOf = async (id: string) => (await server.ask<{ events: Event[] }>(`/api/v1/runs/${id}/events`)).body.events

describe('a fork', () => {
  test('with another config is for those who may draw: an operator can not send a secret elsewhere', async () => {
    const source = await run(writing, { input: { topic: 'tea' } })
    const key = await server.keyFor('operator')
    const ask = (body: object) =>
      server.ask(`/api/v1/runs/${source.body.id}/fork`, { key, body: { wait: 20, ...body } })
    const config = { template: '{{ write.text }}?', as: 'text' }
    expect(await ask({ patch: { nodes: { shout: { config } } } })).toMatchObject({ status: 403 })
    expect(await ask({ patch: { outputs: { shout: 'Said otherwise' } } })).toMatchObject({ status: 200 })
  })

  test('with another config pays for nothing that it took over', async () => {
    const source = await run(writing, { input: { topic: 'tea' } })
    expect(source.body.usage.steps).toBe(1)
    const text = String(source.body.output).slice(0, -1)
    const forked = await fork(source.body.id, {
      fromNode: 'shout',
      patch: { nodes: { shout: { config: { template: '{{ write.text }}?', as: 'text' } } } },
    })
    expect(forked.status).toBe(200)
    expect(forked.body).toMatchObject({
      status: 'completed',
      output: `${text}?`,
      usage: { steps: 0, inputTokens: 0 },
      input: { topic: 'tea' },
      forkedFrom: source.body.id,
    })
    expect(source.body).toMatchObject({ forkedFrom: null })
    const events = await eventsOf(forked.body.id)
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    expect(events[0]).toMatchObject({ type: 'run.created', forkedFrom: { runId: source.body.id, fromNode: 'shout' } })
    expect(events.filter(({ inherited }) => inherited).map(({ path }) => path)).toEqual(
      expect.arrayContaining(['start', 'write']),
    )
    expect(events.filter(({ path, inherited }) => path === 'shout' && inherited)).toEqual([])
    // A step that was taken over took no time here, however long ago it began there.
    const steps = events.filter(({ type, inherited }) => inherited && type === 'step.completed')
    expect(steps.length).toBeGreaterThan(0)
    for (const { at, startedAt } of steps) expect(startedAt).toEqual(at)
  })

  test('with another answer of a node, small or large, goes on from there', async () => {
    const source = await run(writing, { input: { topic: 'tea' } })
    for (const text of ['mine', 'm'.repeat(20_000)]) {
      const { body } = await fork(source.body.id, { patch: { outputs: { write: { text } } } })
      expect(body).toMatchObject({ status: 'completed', output: `${text}!` })
    }
  })

  test('with another input does everything again', async () => {
    const source = await run(writing, { input: { topic: 'tea' } })
    const { body } = await fork(source.body.id, { patch: { input: { topic: 'coffee' } } })
    expect(body).toMatchObject({ status: 'completed', input: { topic: 'coffee' }, usage: { steps: 1 } })
    expect(await fork(source.body.id, { patch: { input: { topic: 5 } } })).toMatchObject({
      status: 422,
      body: { problems: [{ path: 'patch.input.topic' }] },
    })
  })

  test('of a run that waits asks the same person again', async () => {
    const source = await run(asking)
    const { body } = await fork(source.body.id)
    expect(body).toMatchObject({ status: 'waiting', waitingFor: [{ path: 'ask' }] })
    await server.ask(`/api/v1/runs/${body.id}/approvals/ask`, {
      body: { decision: 'approved', fields: { why: 'fork' } },
    })
    await expect.poll(async () => (await server.ask<RunView>(`/api/v1/runs/${body.id}`)).body.output).toBe('fork')
    expect((await server.ask<RunView>(`/api/v1/runs/${source.body.id}`)).body.status).toBe('waiting')
  })

  test('that does not compile, or names what is not there, is 422 and starts nothing', async () => {
    const source = await run(writing, { input: { topic: 'tea' } })
    const before = await server.deps.db.run.count()
    const refused = [
      { patch: { nodes: { shout: { config: { template: '{{ nowhere.x }}', as: 'text' } } } } },
      { patch: { nodes: { shout: { config: { tmplate: 'x' } } } } },
      { patch: { nodes: { nobody: { config: {} } } } },
      { patch: { outputs: { 'nobody[3]': 1 } } },
      { fromNode: 'nobody' },
      { fromNode: 'shout', afterSeq: 3 },
      { afterSeq: 0 },
    ]
    for (const body of refused) {
      const answer = await fork(source.body.id, body)
      expect([answer.status, (answer.body.problems ?? []).length > 0]).toEqual([422, true])
    }
    expect(await server.deps.db.run.count()).toBe(before)
  })
})

describe('a cassette', () => {
  test('plays a run back without a call, to the same answer', async () => {
    const source = await run(writing, { input: { topic: 'tea' } })
    const cassette = await server.ask<{ entries: { path: string; step: string }[] }>(
      `/api/v1/runs/${source.body.id}/cassette`,
    )
    expect(cassette.body.entries).toMatchObject([{ path: 'write', step: 'm1' }])
    for (const from of [{ runId: source.body.id }, { file: cassette.body }]) {
      const played = await run(writing, { input: { topic: 'tea' }, cassette: { mode: 'replay', ...from } })
      expect(played.body).toMatchObject({ status: 'completed', output: source.body.output })
    }
    const other = await run(writing, {
      input: { topic: 'coffee' },
      cassette: { mode: 'replay', runId: source.body.id },
    })
    expect(other.body).toMatchObject({ status: 'failed', error: { code: 'cassette_miss', path: 'write' } })
  })

  test('that somebody forged is refused with what is wrong, or fails its node when it is played, and never breaks', async () => {
    const source = await run(writing, { input: { topic: 'tea' } })
    const { body: file } = await server.ask<{ entries: { result: object }[] }>(
      `/api/v1/runs/${source.body.id}/cassette`,
    )
    const [entry] = file.entries
    const play = (entries: unknown, more: object = {}) =>
      server.ask<RunView & { problems?: { path: string }[] }>('/api/v1/runs', {
        body: {
          graph: writing,
          input: { topic: 'tea' },
          wait: 20,
          cassette: { mode: 'replay', file: { ...file, entries, ...more } },
        },
      })
    const forged: [unknown, string][] = [
      [[{ ...entry, result: { text: 'hi' } }], 'entries[0].result'],
      [[entry, { ...entry, result: { ...entry?.result, usage: null } }], 'entries[1].result.usage'],
      [[{ ...entry, result: { ...entry?.result, toolCalls: 'x' } }], 'entries[0].result.toolCalls'],
      [[{ ...entry, step: 'wait1', result: { type: 'takeover' } }], 'entries[0].result.type'],
      [[{ ...entry, path: 5 }], 'entries[0].path'],
      [[{ ...entry, more: 1 }], 'entries[0]'],
      [[null], 'entries[0]'],
      [7, 'entries'],
    ]
    for (const [entries, place] of forged) {
      const answer = await play(entries)
      expect([place, answer.status]).toEqual([place, 422])
      expect(answer.body.problems?.[0]?.path).toContain(`cassette.file.${place}`)
    }
    expect((await play(file.entries, { more: 1 })).status).toBe(422)
    expect((await play(file.entries)).body.status).toBe('completed')
  })

  test('whose recording is no answer of its kind fails the node that plays it', async () => {
    const coded = {
      baton: 1,
      name: 'Coded',
      nodes: [
        { id: 'add', kind: 'code', config: { source: 'return 1 + 1' } },
        { id: 'done', kind: 'output', config: { value: '{{ add }}' } },
      ],
      edges: [{ source: 'add', target: 'done' }],
    }
    const source = await run(coded)
    const { body: file } = await server.ask<{ entries: object[] }>(`/api/v1/runs/${source.body.id}/cassette`)
    const entries = file.entries.map((entry) => ({ ...entry, result: 'two' }))
    const { body } = await run(coded, { cassette: { mode: 'replay', file: { ...file, entries } } })
    expect(body).toMatchObject({ status: 'failed', error: { code: 'cassette_miss', path: 'add' } })
  })

  test('of another workspace, or of nothing, is refused', async () => {
    const theirs = await server.ask<RunView>('/api/v1/runs', {
      key: server.awayKey,
      body: { graph: writing, wait: 20, input: { topic: 'tea' } },
    })
    const ask = (cassette: object) => run(writing, { cassette, input: { topic: 'tea' } })
    expect(await ask({ mode: 'replay', runId: theirs.body.id })).toMatchObject({ status: 404 })
    expect(await ask({ mode: 'replay' })).toMatchObject({ status: 422 })
    expect(await ask({ mode: 'record', runId: theirs.body.id })).toMatchObject({ status: 422 })
    expect((await ask({ mode: 'off' })).body.status).toBe('completed')
  })
})

describe('a long log', () => {
  test('comes in pages of 1,000 and as a stream, without a gap', async () => {
    const items = Array.from({ length: 1_200 }, (_, index) => index)
    const graph = {
      baton: 1,
      name: 'Long',
      nodes: [
        { id: 'start', kind: 'input', config: { fields: [{ name: 'items', type: 'json' }] } },
        { id: 'each', kind: 'map', config: { items: 'start.items' } },
        { id: 'one', kind: 'transform', parent: 'each', config: { template: '{{ item }}', as: 'text' } },
        { id: 'done', kind: 'output', config: { value: '{{ each }}' } },
      ],
      edges: [
        { source: 'start', target: 'each' },
        { source: 'each', target: 'done' },
      ],
    }
    const { body } = await run(graph, { input: { items } })
    expect(body.status).toBe('completed')
    const seqs: number[] = []
    let after: number | null = 0
    const sizes: number[] = []
    while (after !== null) {
      const page: { body: { events: Event[]; next: number | null } } = await server.ask(
        `/api/v1/runs/${body.id}/events?after=${after}`,
      )
      seqs.push(...page.body.events.map(({ seq }) => seq))
      sizes.push(page.body.events.length)
      after = page.body.next
    }
    expect(sizes[0]).toBe(1_000)
    expect(seqs.length).toBeGreaterThan(1_200)
    expect(seqs).toEqual(seqs.map((_, index) => index + 1))
    const stream = await server.ask(`/api/v1/runs/${body.id}/events`, { headers: { accept: 'text/event-stream' } })
    expect([...stream.text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))).toEqual(seqs)
  })
})

describe('a fork of a run that waits for a child run', () => {
  test('starts a child of its own: the run that was forked goes on as if nothing had happened', async () => {
    const kid = await server.ask<{ id: string }>('/api/v1/workflows', { body: { name: 'kid', graph: asking } })
    await server.ask(`/api/v1/workflows/${kid.body.id}/publish`, { body: {} })
    const calling = {
      baton: 1,
      name: 'Calling',
      nodes: [
        { id: 'start', kind: 'input', config: {} },
        { id: 'call', kind: 'workflow', config: { workflow: 'kid', input: {} } },
        { id: 'done', kind: 'output', config: { value: '{{ call }}' } },
      ],
      edges: [
        { source: 'start', target: 'call' },
        { source: 'call', target: 'done' },
      ],
    }
    const runOf = async (id: string) => (await server.ask<RunView>(`/api/v1/runs/${id}`)).body
    const childOf = async (id: string) => (await runOf(id)).waitingFor[0]?.runId ?? ''
    const isAsking = async (id: string) => expect((await runOf(id)).waitingFor).toMatchObject([{ path: 'ask' }])
    const started = await server.ask<{ id: string }>('/api/v1/runs', { body: { graph: calling } })
    await vi.waitFor(async () => isAsking(await childOf(started.body.id)), 10_000)
    const forked = await server.ask<{ id: string }>(`/api/v1/runs/${started.body.id}/fork`, { body: {} })
    await vi.waitFor(async () => isAsking(await childOf(forked.body.id)), 10_000)
    const [child, other] = [await childOf(started.body.id), await childOf(forked.body.id)]
    expect(other).not.toBe(child)

    await server.ask(`/api/v1/runs/${forked.body.id}/cancel`, { body: {} })
    await vi.waitFor(async () => expect((await runOf(other)).status).toBe('cancelled'), 10_000)
    const body = { decision: 'approved', fields: { why: 'tea' } }
    expect((await server.ask(`/api/v1/runs/${child}/approvals/ask`, { body })).status).toBe(202)
    await vi.waitFor(
      async () => expect(await runOf(started.body.id)).toMatchObject({ status: 'completed', output: 'tea' }),
      10_000,
    )
  })
})

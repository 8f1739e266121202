import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { number, word } from '@/e2e/testing/chance'
import type { Json } from '@/engine/json'
import { openServer, type TestServer } from '@/server/api/testing/open-server'
import type { RunView } from '@/server/runs/run-view'
import type { WorkflowDetail } from '@/server/workflows/workflow-view'

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(async () => {
  expect(server.reports).toEqual([])
  await server.close()
})

/** start → write → each[ line ] → done, and a loop beside it that is not drawn to its end. */
const graph = (broken = false) => ({
  baton: 1,
  name: 'Alone',
  nodes: [
    { id: 'start', kind: 'input', config: { fields: [{ name: 'topics', type: 'json' }] } },
    { id: 'write', kind: 'transform', config: { template: '{{ start.topics }}', as: 'json' } },
    { id: 'each', kind: 'map', config: { items: 'write' } },
    {
      id: 'line',
      kind: 'transform',
      parent: 'each',
      config: { template: '{{ index }}: {{ item.name }} {{ write[0].name }}' },
    },
    { id: 'done', kind: 'output', config: { value: broken ? '{{ nowhere }}' : '{{ each }}' } },
  ],
  edges: [
    { source: 'start', target: 'write' },
    { source: 'write', target: 'each' },
    { source: 'each', target: 'done' },
  ],
})

let id: string
const draw = async (drawn: object) =>
  (await server.ask<WorkflowDetail>('/api/v1/workflows', { body: { graph: drawn } })).body.id
beforeEach(async () => {
  id = await draw(graph())
})

type Refused = { code?: string; problems?: { path: string }[] }
const alone = (node: string, given: object, body: object = {}) =>
  server.ask<RunView & Refused>(`/api/v1/workflows/${id}/nodes/${node}/run`, { body: { given, wait: 20, ...body } })
const save = (pins: { [node: string]: Json }, drawn: object = graph()) =>
  server.ask<WorkflowDetail & Refused & { pins: Json }>(`/api/v1/workflows/${id}`, {
    method: 'PUT',
    body: { graph: drawn, pins },
  })
const run = (topics: Json, body: object = {}) =>
  server.ask<RunView & Refused>(`/api/v1/workflows/${id}/runs`, {
    body: { input: { topics }, version: 'draft', wait: 20, ...body },
  })

describe('a node alone', () => {
  test('runs with what was given, items of a box included, and is a run of no workflow', async () => {
    const [name, other] = [word(), word()]
    const { status, body } = await alone('line', { item: { name }, index: 4, write: [{ name: other }] })
    expect([status, body.status, body.output]).toEqual([200, 'completed', `4: ${name} ${other}`])
    expect(body.workflowId).toBeNull()
    const runs = await server.ask<{ items: unknown[] }>(`/api/v1/runs?workflowId=${id}`)
    expect(runs.body.items).toEqual([])
  })

  test('that is a box runs with all that lies in it', async () => {
    const names = [word(), word()]
    const { body } = await alone('each', { write: names.map((name) => ({ name })) })
    expect(body.output).toEqual(names.map((name, index) => `${index}: ${name} ${names[0]}`))
  })

  test('runs although the rest of the draft has problems, and not if it has some itself', async () => {
    id = await draw(graph(true))
    expect((await run([])).status).toBe(422)
    expect((await alone('write', { start: { topics: 5 } })).body.output).toBe(5)
    id = await draw({ ...graph(), nodes: [{ id: 'sum', kind: 'condition', config: { expression: '1 +' } }], edges: [] })
    expect(await alone('sum', {})).toMatchObject({ status: 422, body: { code: 'invalid_graph' } })
  })

  test('is refused where something is missing, too much, or not there', async () => {
    expect((await alone('line', { item: 1 })).body).toMatchObject({
      code: 'invalid_input',
      problems: [{ path: 'given.index' }, { path: 'given.write' }],
    })
    expect((await alone('write', { start: {}, more: 1 })).status).toBe(422)
    expect((await alone('done', {})).status).toBe(422)
    expect((await alone('nobody', {})).status).toBe(404)
  })

  test('is the same run for the same idempotency key, and for viewers there is none', async () => {
    const key = word()
    const given = { start: { topics: number() } }
    const first = await alone('write', given, { idempotencyKey: key })
    expect((await alone('write', given, { idempotencyKey: key })).body.id).toBe(first.body.id)
    expect((await alone('write', { start: {} }, { idempotencyKey: key })).status).toBe(409)
    const viewer = await server.keyFor('viewer')
    const refused = await server.ask(`/api/v1/workflows/${id}/nodes/write/run`, { key: viewer, body: { given } })
    expect(refused.status).toBe(403)
  })
})

describe('a pinned output', () => {
  const nodeOf = (body: RunView, node: string) => body.nodes.find((each) => each.path === node)

  test('is taken by runs of the draft instead of running the node, and never by a published version', async () => {
    const [pinned, real] = [word(), word()]
    await save({ write: [{ name: pinned }] })
    await server.ask(`/api/v1/workflows/${id}/publish`, { method: 'POST' })
    const draft = await run([{ name: real }])
    expect(draft.body.output).toEqual([`0: ${pinned} ${pinned}`])
    expect(nodeOf(draft.body, 'write')).toMatchObject({ status: 'completed', pinned: true })
    expect(nodeOf(draft.body, 'each')).not.toHaveProperty('pinned')
    const version = await run([{ name: real }], { version: 1 })
    expect(version.body.output).toEqual([`0: ${real} ${real}`])
  })

  test('stands in for every item of a box, and for a whole box, large or small', async () => {
    const topics = [{ name: 'a' }, { name: 'b' }]
    const text = 'x'.repeat(number(10_000, 20_000))
    await save({ line: text })
    expect((await run(topics)).body.output).toEqual([text, text])
    await save({ each: [text] })
    const { body } = await run(topics)
    expect(body.output).toEqual([text])
    expect(body.nodes.map(({ path }) => path)).not.toContain('each[0]/line')
  })

  test('is kept by a fork, but for the node that is to be done again', async () => {
    const [pinned, real] = [word(), word()]
    await save({ write: [{ name: pinned }] })
    const source = await run([{ name: real }])
    const fork = (body: object) =>
      server.ask<RunView>(`/api/v1/runs/${source.body.id}/fork`, { body: { wait: 20, ...body } })
    expect((await fork({ patch: { input: { topics: [] } } })).body.output).toEqual([`0: ${pinned} ${pinned}`])
    expect((await fork({ fromNode: 'write' })).body.output).toEqual([`0: ${real} ${real}`])
  })

  test('inside a box counts when the box runs alone; one of the node itself does not', async () => {
    await save({ line: 'pinned', each: ['pinned too'] })
    expect((await alone('each', { write: [{ name: 'a' }] })).body.output).toEqual(['pinned'])
  })

  test('that no longer fits keeps the draft from running, and says where', async () => {
    await save({ each: 'no list' })
    expect((await run([])).body).toMatchObject({
      code: 'invalid_graph',
      problems: [{ code: 'pin_misfit', nodeId: 'each' }],
    })
  })

  test('stays with the draft as long as its node does, and is left as it is by a save that names none', async () => {
    expect((await save({ write: null, gone: 1 })).body.pins).toEqual({ write: null })
    await server.ask(`/api/v1/workflows/${id}`, { method: 'PUT', body: { graph: graph() } })
    const read = () => server.ask<{ pins: Json }>(`/api/v1/workflows/${id}`)
    expect((await read()).body.pins).toEqual({ write: null })
    await save({})
    expect((await read()).body.pins).toEqual({})
    expect((await save({ 'no id': 1 })).status).toBe(422)
  })
})

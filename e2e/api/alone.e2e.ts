import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, type Body, type Json, openApi, type Run } from '@/e2e/testing/api'
import { type RunningBaton, startBaton } from '@/e2e/testing/baton'
import { word } from '@/e2e/testing/chance'
import { field, type Graph, graphOf, inputOf, node, outputOf } from '@/e2e/testing/graph'
import { connectModel, type Endpoint, modelOf } from '@/e2e/testing/models'

let baton: RunningBaton
let api: Api
let model: Endpoint
beforeAll(async () => {
  baton = await startBaton()
  api = await openApi(baton)
  model = await connectModel(api)
})
afterAll(async () => {
  await baton?.stop()
  await model?.close()
})

const graph = (): Graph =>
  graphOf(
    [
      inputOf(field('topic')),
      node('find', 'agent', { model: modelOf(model), prompt: 'Find {{ start.topic }}' }),
      node('write', 'agent', { model: modelOf(model), prompt: 'Write of {{ find.text }}, {{ start.topic }}' }),
      outputOf('{{ write.text }}'),
    ],
    ['start find write done'],
  )

const draft = async (): Promise<string> => {
  const { status, body } = await api.post<{ id: string }>('/workflows', { graph: graph() })
  expect(status).toBe(201)
  return body.id
}
const alone = (id: string, name: string, given: Body) =>
  api.post<Run & { code?: string }>(`/workflows/${id}/nodes/${name}/run`, { given, wait: 30 })
const runOf = async (id: string, version: Json, topic: string): Promise<Run> =>
  (await api.post<Run>(`/workflows/${id}/runs`, { version, input: { topic }, wait: 30 })).body

/** The words of the person in each request since then. */
const asked = (since: number): string[] =>
  model.requests.slice(since).map(({ body }) => (body.messages as { content: string }[]).at(-1)?.content ?? '')

describe('a node alone', () => {
  it('asks the model once, with what was given, and is a run of its own that can be read like any other', async () => {
    const id = await draft()
    const [found, topic, said] = [word(), word(), word()]
    model.script(() => ({ kind: 'text', text: said }))
    const before = model.requests.length
    const { status, body } = await alone(id, 'write', { find: { text: found }, start: { topic } })
    expect([status, body.status]).toEqual([200, 'completed'])
    expect(asked(before)).toEqual([`Write of ${found}, ${topic}`])
    expect(body.output).toMatchObject({ text: said })
    expect(body.usage.steps).toBe(1)
    const events = await api.events(body.id)
    expect(events.filter(({ type }) => type === 'step.completed').map(({ path }) => path)).toEqual(['write'])
    const { items } = await api.get<{ items: Json[] }>(`/runs?workflowId=${id}`)
    expect(items).toEqual([])
  })

  it('is refused when something that it refers to was not given', async () => {
    const { status, body } = await alone(await draft(), 'write', { find: { text: word() } })
    expect([status, body.code]).toEqual([422, 'invalid_input'])
  })
})

describe('a pinned output', () => {
  it('saves the call in runs of the draft, and counts for nothing in a published version', async () => {
    const id = await draft()
    const [pinned, topic, found, said] = [word(), word(), word(), word()]
    model.script(({ body }) => ({ kind: 'text', text: JSON.stringify(body).includes('Find') ? found : said }))
    expect((await api.put(`/workflows/${id}`, { graph: graph(), pins: { find: { text: pinned } } })).status).toBe(200)
    expect((await api.post(`/workflows/${id}/publish`)).status).toBe(200)
    let before = model.requests.length
    const run = await runOf(id, 'draft', topic)
    expect(run).toMatchObject({ status: 'completed', output: said })
    expect(run.nodes.find(({ path }) => path === 'find')).toMatchObject({ status: 'completed', pinned: true })
    expect(asked(before)).toEqual([`Write of ${pinned}, ${topic}`])
    before = model.requests.length
    expect(await runOf(id, 1, topic)).toMatchObject({ status: 'completed', output: said })
    expect(asked(before)).toEqual([`Find ${topic}`, `Write of ${found}, ${topic}`])
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, type Body, makeKey, openApi } from '../testing/api'
import { type RunningBaton, startBaton } from '../testing/baton'
import { number, word } from '../testing/chance'
import { chainOf, field, graphOf, inputOf, node, outputOf } from '../testing/graph'
import { connectModel, modelOf } from '../testing/models'

let baton: RunningBaton
let api: Api
beforeAll(async () => {
  baton = await startBaton()
  api = await openApi(baton)
})
afterAll(() => baton?.stop())

type Approval = {
  runId: string
  path: string
  reason: string
  title: string
  value: { hash: string; preview: string } | null
  fields: Body[]
  tool: string | null
  since: string
  deadline: string | null
  nodeName: string
  workflowId: string | null
  workflowName: string | null
  runPaused: boolean
}
type Page = { items: Approval[]; nextCursor: string | null }

const asking = (name: string, more: Body = {}) =>
  graphOf(
    [
      inputOf(field('what')),
      node(
        'gate',
        'approval',
        { title: 'Publish {{ start.what }}?', message: 'About {{ start.what }}.', ...more },
        { name: `Gate of ${name}` },
      ),
      outputOf('{{ gate.comment }}'),
    ],
    ['start gate', 'gate:approved done'],
    { name },
  )

const everything = async (limit = 200): Promise<Approval[]> => {
  const all: Approval[] = []
  let cursor: string | null = null
  do {
    const page: Page = await api.get(`/approvals?limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`)
    expect(page.items.length).toBeLessThanOrEqual(limit)
    all.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return all
}
const ofRuns = (ids: readonly string[]) => async () => (await everything()).filter(({ runId }) => ids.includes(runId))
const decide = ({ runId, path }: Pick<Approval, 'runId' | 'path'>, body: Body) =>
  api.post(`/runs/${runId}/approvals/${encodeURIComponent(path)}`, body)

describe('the list of what waits for a person', () => {
  it('says what is asked, where, since when and until when', async () => {
    const [name, what] = [word('Flow '), word()]
    const id = await api.workflow(asking(name, { timeoutSeconds: 3_600, fields: [field('tone')] }))
    const before = Date.now()
    const { body: run } = await api.post<{ id: string }>(`/workflows/${id}/runs`, { input: { what }, wait: 20 })
    const [item] = await ofRuns([run.id])()
    expect(item).toMatchObject({
      path: 'gate',
      reason: 'approval',
      title: `Publish ${what}?`,
      value: { preview: `About ${what}.` },
      fields: [{ name: 'tone' }],
      nodeName: `Gate of ${name}`,
      workflowId: id,
      workflowName: name,
      runPaused: false,
    })
    const since = Date.parse(item?.since ?? '')
    expect(since).toBeGreaterThanOrEqual(before - 1_000)
    expect(Date.parse(item?.deadline ?? '') - since).toBeGreaterThan(3_590_000)
  })

  it.each([3, 60])('goes through %i waiting runs in pages, the longest waiting first, none twice', async (count) => {
    const name = word('Many ')
    const ids = await Promise.all(
      Array.from({ length: count }, () => api.begin(asking(name), { input: { what: word() } })),
    )
    for (const id of ids) await api.untilStatus(id, 'waiting')
    const [small, large] = [await everything(Math.ceil(count / 4)), await everything()]
    expect(small).toEqual(large)
    const mine = small.filter(({ runId }) => ids.includes(runId))
    expect(mine.map(({ runId }) => runId).sort()).toEqual([...ids].sort())
    const times = small.map(({ since }) => since)
    expect(times).toEqual([...times].sort())
    for (const item of mine) expect((await decide(item, { decision: 'rejected' })).status).toBe(202)
    expect(await ofRuns(ids)()).toEqual([])
  })

  it('holds every place of a run, and tool calls, and nothing that a machine waits for', async () => {
    const items = Array.from({ length: number(3, 6) }, () => word())
    const graph = graphOf(
      [
        inputOf(field('items', 'json')),
        node('each', 'map', { items: 'start.items' }),
        node('gate', 'approval', { title: 'Item {{ item }}?' }, { parent: 'each' }),
        node('rest', 'wait', { seconds: 600 }),
      ],
      ['start each', 'start rest'],
    )
    const run = await api.run(graph, { input: { items } })
    const places = await ofRuns([run.id])()
    expect(places.map(({ path, title }) => `${path} ${title}`).sort()).toEqual(
      items.map((item, index) => `each[${index}]/gate Item ${item}?`).sort(),
    )

    const model = await connectModel(api)
    model.script(() => ({
      kind: 'tools',
      calls: [{ id: 'c1', name: 'calculator', arguments: '{"expression":"1 + 1"}' }],
    }))
    const agent = node('solve', 'agent', {
      model: modelOf(model),
      prompt: 'Add.',
      tools: [{ tool: 'calculator', approval: 'always' }],
    })
    const { id } = await api.run(chainOf(inputOf(), agent))
    expect(await ofRuns([id])()).toMatchObject([
      { reason: 'tool_approval', tool: 'calculator', path: 'solve', value: { preview: '{"expression":"1 + 1"}' } },
    ])
    await api.post(`/runs/${id}/cancel`)
    expect(await ofRuns([id])()).toEqual([])
    await model.close()
  })

  it('forgets a place at once when it is decided, also while the run is paused', async () => {
    const { id } = await api.run(asking(word()), { input: { what: word() } })
    await api.post(`/runs/${id}/pause`)
    await api.untilStatus(id, 'paused')
    const [item] = await ofRuns([id])()
    expect(item).toMatchObject({ runPaused: true })
    const comment = word()
    expect((await decide({ runId: id, path: 'gate' }, { decision: 'approved', comment })).status).toBe(202)
    expect(await ofRuns([id])()).toEqual([])
    await api.post(`/runs/${id}/resume`)
    expect((await api.untilStatus(id, 'completed')).output).toBe(comment)
  })

  it('tells of one place what was asked and how it was decided, before and after', async () => {
    const [what, comment] = [word(), word()]
    const { id } = await api.run(asking(word()), { input: { what } })
    const place = `/runs/${id}/approvals/gate`
    expect(await api.get(place)).toMatchObject({ title: `Publish ${what}?`, decided: null })
    await decide({ runId: id, path: 'gate' }, { decision: 'approved', comment })
    const decided = { decision: 'approved', comment, by: { type: 'key', name: 'e2e owner' } }
    expect(await api.get(place)).toMatchObject({ title: `Publish ${what}?`, decided })
    await api.untilStatus(id, 'completed')
    expect(await api.get(place)).toMatchObject({ title: `Publish ${what}?`, decided })
    for (const path of ['start', 'each[0]/gate', 'no path', word()])
      expect((await api.ask('GET', `/runs/${id}/approvals/${encodeURIComponent(path)}`)).status).toBe(404)
  })

  it('can be read by everybody in the workspace and decided on by operators', async () => {
    const { id } = await api.run(asking(word()), { input: { what: word() } })
    const key = await makeKey(baton.settings, 'viewer')
    const seen = await api.ask<Page>('GET', '/approvals?limit=200', undefined, { key })
    expect(seen.body.items.some(({ runId }) => runId === id)).toBe(true)
    const refused = await api.ask('POST', `/runs/${id}/approvals/gate`, { decision: 'approved' }, { key })
    expect(refused.status).toBe(403)
    for (const cursor of [word(), '', 'WyJ4Il0', Buffer.from('[1,2,3]').toString('base64url')])
      expect((await api.ask('GET', `/approvals?cursor=${cursor}`)).status).toBe(422)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, ended, openApi, type Run } from '../testing/api'
import { type RunningBaton, startBaton } from '../testing/baton'
import { number, word, words } from '../testing/chance'
import { chainOf, field, graphOf, inputOf, node, outputOf } from '../testing/graph'

let baton: RunningBaton
let api: Api
beforeAll(async () => {
  baton = await startBaton()
  api = await openApi(baton)
})
afterAll(() => baton?.stop())

const saying = (text: string) => chainOf(inputOf(field('who')), outputOf(`${text} {{ start.who }}`))
const resting = (seconds: number) =>
  chainOf(inputOf(field('who')), node('rest', 'wait', { seconds }), outputOf('{{ start.who }}'))
const asking = chainOf(inputOf(), node('gate', 'approval', { title: 'Go on?' }))
const broken = { ...saying('x'), nodes: [inputOf(), outputOf('{{ nowhere.text }}')] }

describe('a workflow', () => {
  it('is made, read, saved, listed and deleted, each under its revision', async () => {
    const [name, text] = [word('Name '), word()]
    const made = await api.post('/workflows', { name, graph: saying(text) })
    expect(made).toMatchObject({ status: 201, body: { name, revision: 1, publishedVersion: null, problems: [] } })
    const at = `/workflows/${made.body.id}`
    expect(await api.get(at)).toEqual(made.body)
    expect(made.body.graph).toEqual({ ...saying(text), name })
    const saved = await api.put(at, { graph: saying('two'), revision: 1 })
    expect(saved).toMatchObject({ status: 200, body: { revision: 2 } })
    const stale = await api.put(at, { graph: saying('three'), revision: 1 })
    expect(stale).toMatchObject({ status: 409, body: { code: 'stale_revision', revision: 2 } })
    expect(await api.get(at)).toMatchObject({ revision: 2, graph: saying('two') })
    expect(await api.put(at, { graph: saying('four') })).toMatchObject({ status: 200, body: { revision: 3 } })
    expect((await api.get<{ items: { id: string }[] }>('/workflows')).items.map(({ id }) => id)).toContain(made.body.id)
    expect((await api.ask('DELETE', at)).status).toBe(204)
    for (const method of ['GET', 'DELETE']) expect((await api.ask(method, at)).status).toBe(404)
    expect((await api.post(`${at}/runs`, { input: {} })).status).toBe(404)
  })

  it('of whose two savers with the same revision exactly one wins', async () => {
    const { body } = await api.post('/workflows', { graph: saying('x') })
    const texts = words(8)
    const answers = await Promise.all(
      texts.map((text) => api.put(`/workflows/${body.id}`, { graph: saying(text), revision: 1 })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)])
    const winner = texts[answers.findIndex(({ status }) => status === 200)] ?? ''
    expect(await api.get(`/workflows/${body.id}`)).toMatchObject({ revision: 2, graph: saying(winner) })
  })

  it('runs its newest published version, a given one, or the draft', async () => {
    const [first, second, draft, who] = words(4) as [string, string, string, string]
    const { body } = await api.post('/workflows', { graph: saying(first) })
    const at = `/workflows/${body.id}`
    const run = async (more = {}) => {
      const answer = await api.post<Run>(`${at}/runs`, { input: { who }, wait: 30, ...more })
      return [answer.status, answer.body.output ?? null, answer.body.version ?? null]
    }
    expect(await api.post(`${at}/runs`, { input: { who } })).toMatchObject({
      status: 409,
      body: { code: 'not_published' },
    })
    expect(await run({ version: 'draft' })).toEqual([200, `${first} ${who}`, null])
    await api.post(`${at}/publish`)
    await api.put(at, { graph: saying(second) })
    await api.post(`${at}/publish`, { note: 'better' })
    await api.put(at, { graph: saying(draft) })
    expect(await run()).toEqual([200, `${second} ${who}`, 2])
    expect(await run({ version: 1 })).toEqual([200, `${first} ${who}`, 1])
    expect(await run({ version: 'draft' })).toEqual([200, `${draft} ${who}`, null])
    expect((await api.post(`${at}/runs`, { version: 3 })).status).toBe(404)
    const { items } = await api.get<{ items: { version: number; note: string | null }[] }>(`${at}/versions`)
    expect(items.map(({ version, note }) => [version, note])).toEqual([
      [2, 'better'],
      [1, null],
    ])
    expect(await api.get(`${at}/versions/1`)).toMatchObject({ graph: saying(first) })
  })

  it('with problems is kept as a draft, but not published and not run', async () => {
    const made = await api.post('/workflows', { graph: broken })
    expect(made).toMatchObject({ status: 201, body: { problems: [{ nodeId: 'done' }] } })
    const at = `/workflows/${made.body.id}`
    for (const answer of [
      await api.post(`${at}/publish`),
      await api.post(`${at}/runs`, { version: 'draft', input: {} }),
    ])
      expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_graph', problems: [{ nodeId: 'done' }] } })
  })
})

describe('a run', () => {
  it('without `wait` is 202 at once, with it the whole run as soon as it is over', async () => {
    const id = await api.workflow(resting(0.3))
    const who = word()
    const accepted = await api.post(`/workflows/${id}/runs`, { input: { who } })
    expect(accepted.status).toBe(202)
    expect(Object.keys(accepted.body).sort()).toEqual(['id', 'status'])
    const early = await api.get<Run>(`/runs/${accepted.body.id}`)
    expect(early).toMatchObject({ output: null, error: null, finishedAt: null })
    const began = Date.now()
    const waited = await api.post<Run>(`/workflows/${id}/runs`, { input: { who }, wait: 30 })
    expect(waited).toMatchObject({ status: 200, body: { status: 'completed', output: who, input: { who } } })
    expect(Date.now() - began).toBeLessThan(10_000)
    expect(await api.get(`/runs/${waited.body.id}`)).toEqual(waited.body)
  })

  it('is 202 and under way at the deadline of `wait`, and 200 when it waits for a person or failed', async () => {
    const late = await api.post<Run>('/runs', { graph: resting(20), input: {}, wait: 0.4 })
    expect(late).toMatchObject({
      status: 202,
      body: { status: 'waiting', output: null, waitingFor: [{ path: 'rest', reason: 'timer' }] },
    })
    await api.post(`/runs/${late.body.id}/cancel`)
    const asked = await api.post<Run>('/runs', { graph: asking, input: {}, wait: 30 })
    expect(asked).toMatchObject({
      status: 200,
      body: { status: 'waiting', waitingFor: [{ path: 'gate', reason: 'approval', title: 'Go on?' }] },
    })
    const failed = await api.post<Run>('/runs', {
      graph: chainOf(inputOf(), node('bad', 'code', { source: 'throw 1' })),
      wait: 30,
    })
    expect(failed).toMatchObject({ status: 200, body: { status: 'failed', output: null, error: { path: 'bad' } } })
    for (const wait of [-1, 301, 'x']) expect((await api.post('/runs', { graph: asking, wait })).status).toBe(422)
  })

  it('says how it stands: times, nodes and their previews', async () => {
    const who = word()
    const run = await api.run(resting(0.05), { input: { who } })
    const at = (text: string | null) => Date.parse(text ?? '')
    expect(at(run.createdAt)).toBeLessThanOrEqual(at(run.startedAt))
    expect(at(run.startedAt)).toBeLessThanOrEqual(at(run.finishedAt))
    expect(run.nodes.map(({ path, kind, status }) => [path, kind, status])).toEqual([
      ['start', 'input', 'completed'],
      ['rest', 'wait', 'completed'],
      ['done', 'output', 'completed'],
    ])
    expect(run.nodes[2]?.outputPreview).toContain(who)
  })

  it.each([1, 8])(
    'is the same one for the same idempotency key and body (%i at once), another body is 409',
    async (times) => {
      const id = await api.workflow(saying('hello'))
      const [idempotencyKey, who] = [word('key '), word()]
      const body = { input: { who }, idempotencyKey }
      const answers = await Promise.all(Array.from({ length: times }, () => api.post(`/workflows/${id}/runs`, body)))
      const again = await api.post<Run>(`/workflows/${id}/runs`, { ...body, wait: 30 })
      expect(again).toMatchObject({ status: 200, body: { output: `hello ${who}` } })
      expect(new Set(answers.map((answer) => answer.body.id))).toEqual(new Set([again.body.id]))
      const other = await api.post(`/workflows/${id}/runs`, { ...body, input: { who: word() } })
      expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_conflict', runId: again.body.id } })
      const { items } = await api.get<{ items: { id: string }[] }>(`/runs?workflowId=${id}`)
      expect(items).toHaveLength(1)
    },
  )

  it('keeps its graph, whatever becomes of the workflow', async () => {
    const text = word()
    const id = await api.workflow(saying(text))
    const { body } = await api.post(`/workflows/${id}/runs`, { wait: 30 })
    await api.ask('DELETE', `/workflows/${id}`)
    expect(await api.get(`/runs/${body.id}/graph`)).toMatchObject({ graph: saying(text), version: 1 })
    expect(await api.get(`/runs/${body.id}`)).toMatchObject({ workflowId: id, output: `${text} ` })
  })

  it('of a large value keeps it whole, and gives it by its hash', async () => {
    const size = number(60_000, 90_000)
    const big = word().padEnd(size, 'äbc')
    const run = await api.run(
      chainOf(
        inputOf(field('big')),
        node('same', 'transform', { template: '{{ start.big }}!' }),
        outputOf('{{ same }}'),
      ),
      {
        input: { big },
      },
    )
    expect(run.output).toBe(`${big}!`)
    const events = await api.events(run.id)
    const { output } = events.find(({ path, type }) => path === 'same' && type === 'node.completed') as unknown as {
      output: { hash: string; size: number; preview: string; inline?: unknown }
    }
    expect(output.size).toBeGreaterThan(size)
    expect(output.preview.length).toBeLessThanOrEqual(500)
    expect(JSON.stringify(events)).not.toContain(big.slice(-1_000))
    expect(await api.get(`/runs/${run.id}/payloads/${output.hash}`)).toEqual({ value: `${big}!` })
    const other = await api.run(saying('x'))
    expect((await api.ask('GET', `/runs/${other.id}/payloads/${output.hash}`)).status).toBe(404)
  })
})

describe('lists', () => {
  it.each([3, 11])('come in pages that join without a gap or a repeat (%i runs)', async (count) => {
    const id = await api.workflow(saying('x'))
    const made: string[] = []
    for (let index = 0; index < count; index += 1) {
      const { body } = await api.post(`/workflows/${id}/runs`, { wait: 30 })
      made.push(String(body.id))
    }
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const query = new URLSearchParams({ workflowId: id, limit: '2', ...(cursor === null ? {} : { cursor }) })
      const page: { items: { id: string }[]; nextCursor: string | null } = await api.get(`/runs?${query}`)
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...page.items.map((item) => item.id))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual(made.reverse())
  })

  it('of runs are filtered by workflow, states, time and words', async () => {
    const name = word('Filtered ')
    const id = await api.workflow(
      graphOf(
        [inputOf(field('fail', 'boolean')), node('ask', 'code', { source: 'if (input.fail) throw 1; return 1' })],
        ['start ask'],
        { name },
      ),
    )
    const from = new Date().toISOString()
    const outcomes = [true, false, true]
    for (const fail of outcomes) await api.post(`/workflows/${id}/runs`, { input: { fail }, wait: 30 })
    const count = async (query: string) =>
      (await api.get<{ items: unknown[] }>(`/runs?workflowId=${id}&${query}`)).items.length
    expect(await count('status=failed')).toBe(2)
    expect(await count('status=completed')).toBe(1)
    expect(await count(`since=${from}`)).toBe(3)
    expect(await count(`until=${from}`)).toBe(0)
    expect(await count('status=completed,failed')).toBe(3)
    expect(await count('status=paused,waiting')).toBe(0)
    const found = async (search: string) => {
      const { items } = await api.get<{ items: { id: string }[] }>(
        `/runs?limit=200&search=${encodeURIComponent(search)}`,
      )
      return items.map((run) => run.id)
    }
    const runs = await found(name.slice(2).toUpperCase())
    expect(runs).toHaveLength(3)
    expect(await found(runs[1]?.slice(0, 13) ?? '')).toEqual([runs[1]])
    expect(await found(`${name}%`)).toEqual([])
    for (const status of ['nonsense', 'failed,nonsense', 'failed,', ''])
      expect((await api.ask('GET', `/runs?status=${status}`)).status).toBe(422)
    expect((await api.ask('GET', '/runs?since=yesterday')).status).toBe(422)
  })

  it('of workflows are searched by name', async () => {
    const name = word('100%_ ')
    for (const one of [name, word('Other ')]) await api.post('/workflows', { name: one, graph: saying('x') })
    const { items } = await api.get<{ items: { name: string }[] }>(`/workflows?search=${encodeURIComponent('100%_')}`)
    expect(items.map((item) => item.name)).toEqual([name])
    expect((await api.get<{ items: unknown[] }>(`/workflows?search=${encodeURIComponent('%%%')}`)).items).toEqual([])
  })
})

describe('many runs at once', () => {
  it('all end, each with its own answer, and a full system says so instead of falling over', async () => {
    const id = await api.workflow(saying('hi'))
    const names = words(150)
    const answers = await Promise.all(
      names.map((who) => api.post<Run>(`/workflows/${id}/runs`, { input: { who }, wait: 60 })),
    )
    for (const [index, { status, body, headers }] of answers.entries()) {
      if (status === 503) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
      else expect(body).toMatchObject({ status: 'completed', output: `hi ${names[index]}` })
    }
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(100)
    const open = await api.get<{ items: Run[] }>(`/runs?workflowId=${id}&limit=100`)
    expect(open.items.filter(({ status }) => !ended.includes(status))).toEqual([])
  })
})

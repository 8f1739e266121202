import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openApi } from '../testing/api'
import { type RunningBaton, startBaton } from '../testing/baton'
import { number, word, words } from '../testing/chance'
import { chainOf, field, inputOf, node, outputOf } from '../testing/graph'
import { type Peer, sendJson, startPeer } from '../testing/peer'

let baton: RunningBaton
let peer: Peer
let api: Api
/** Paths of the other side that answer with an error at the moment. */
const down = new Set<string>()

beforeAll(async () => {
  peer = await startPeer(({ url }, response) =>
    sendJson(response, down.has(url.split('?')[0] ?? '') ? 500 : 200, { said: word() }),
  )
  baton = await startBaton({ BATON_ALLOW_PRIVATE: `127.0.0.1:${peer.port}` })
  api = await openApi(baton)
})
afterAll(async () => {
  await baton?.stop()
  await peer?.close()
})

type Group = {
  cause: string
  code: string
  node: string | null
  message: string
  count: number
  remedy: string
  firstAt: string
  lastAt: string
  example: { runId: string; message: string }
  workflows: { id: string; name: string; count: number }[]
}
type Page = { items: Group[]; nextCursor: string | null }
type Went = { sent: number; refused: { runId: string; code: string }[]; next: string | null }

const groups = async () => (await api.get<Page>('/dead-letters?limit=200')).items
const groupOf = async (id: string) => (await groups()).find(({ node: at }) => at === id)
const calling = (id: string, path: string, name = 'Calls') => ({
  ...chainOf(
    inputOf(field('n', 'number')),
    node(id, 'http', { url: `${peer.origin}${path}?n={{ start.n }}` }),
    outputOf('went'),
  ),
  name,
})
const fail = async (workflow: string, count: number) => {
  const runs = await Promise.all(
    Array.from({ length: count }, () =>
      api.post<{ id: string; status: string }>(`/workflows/${workflow}/runs`, { input: { n: number() }, wait: 30 }),
    ),
  )
  return runs.map(({ body }) => body.id)
}

describe('dead letters', () => {
  it.each([2, 9])('are grouped by cause: five causes of %i runs each', async (count) => {
    const nodes = words(5)
    const runs = new Map<string, string[]>()
    for (const id of nodes) {
      const path = `/${word()}`
      down.add(path)
      const [one, two] = [await api.workflow(calling(id, path)), await api.workflow(calling(id, path))]
      runs.set(id, [...(await fail(one, count - 1)), ...(await fail(two, 1))])
    }
    for (const id of nodes) {
      const group = await groupOf(id)
      expect(group).toMatchObject({ count, code: 'http_status', remedy: 'retry' })
      expect(group?.workflows.map((one) => one.count).sort()).toEqual([1, count - 1].sort())
      expect(runs.get(id)).toContain(group?.example.runId)
      expect(Date.parse(group?.firstAt ?? '')).toBeLessThanOrEqual(Date.parse(group?.lastAt ?? ''))
      const inside = await api.get<{ items: { id: string; status: string }[] }>(
        `/dead-letters/${group?.cause}/runs?limit=200`,
      )
      expect(inside.items.map((run) => run.id).sort()).toEqual(runs.get(id)?.sort())
    }
    const times = (await groups()).map(({ lastAt }) => lastAt)
    expect(times).toEqual([...times].sort().reverse())
    const paged: Group[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Page = await api.get(`/dead-letters?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
      paged.push(...page.items)
      cursor = page.nextCursor
    }
    expect(paged).toEqual(await groups())
  })

  it.each([3, 40])('are retried all at once, %i runs in several goes, none twice', async (count) => {
    const [id, path] = [word(), `/${word()}`]
    down.add(path)
    const ids = await fail(await api.workflow(calling(id, path)), count)
    const cause = (await groupOf(id))?.cause
    down.delete(path)
    let [sent, goes, after] = [0, 0, undefined as string | undefined]
    do {
      const { status, body } = await api.post<Went>(`/dead-letters/${cause}/retry`, {
        limit: Math.ceil(count / 3),
        ...(after && { after }),
      })
      expect(status).toBe(200)
      expect(body.refused).toEqual([])
      sent += body.sent
      goes += 1
      after = body.next ?? undefined
    } while (after !== undefined)
    expect({ sent, goes }).toEqual({ sent: count, goes: 3 })
    for (const run of ids) expect((await api.untilStatus(run, 'completed')).output).toBe('went')
    expect(await groupOf(id)).toBeUndefined()
    expect((await api.post(`/dead-letters/${cause}/retry`)).status).toBe(404)
    expect((await api.ask('GET', `/dead-letters/${cause}`)).status).toBe(404)
  })

  it('that fail again are back under the same cause, and single ones can be retried', async () => {
    const [id, path] = [word(), `/${word()}`]
    down.add(path)
    const [one = '', two = ''] = await fail(await api.workflow(calling(id, path)), 2)
    const before = await groupOf(id)
    expect((await api.post<Went>(`/dead-letters/${before?.cause}/retry`)).body).toMatchObject({ sent: 2, next: null })
    await api.untilRun(one, ({ status, nodes }) => status === 'failed' && (nodes.at(-1)?.attempt ?? 0) > 1)
    await api.untilRun(two, ({ status, nodes }) => status === 'failed' && (nodes.at(-1)?.attempt ?? 0) > 1)
    const after = await groupOf(id)
    expect(after).toMatchObject({ cause: before?.cause, count: 2 })
    expect(Date.parse(after?.lastAt ?? '')).toBeGreaterThan(Date.parse(before?.lastAt ?? ''))
    down.delete(path)
    await api.post(`/runs/${one}/retry`)
    await api.untilStatus(one, 'completed')
    expect(await groupOf(id)).toMatchObject({ count: 1, example: { runId: two } })
  })

  it('that nobody wants to look after are taken off the list; the runs stay', async () => {
    const [id, path] = [word(), `/${word()}`]
    down.add(path)
    const [run = ''] = await fail(await api.workflow(calling(id, path)), 3)
    const cause = (await groupOf(id))?.cause
    expect((await api.ask('DELETE', `/dead-letters/${cause}`)).body).toEqual({ dismissed: 3 })
    expect(await groupOf(id)).toBeUndefined()
    expect((await api.untilStatus(run, 'failed')).error).toMatchObject({ path: id })
    await api.post(`/runs/${run}/retry`)
    await api.untilRun(run, ({ status, nodes }) => status === 'failed' && (nodes.at(-1)?.attempt ?? 0) > 1)
    expect(await groupOf(id)).toMatchObject({ count: 1 })
  })

  it('hold the run that failed, and not once more the one that started it', async () => {
    const [id, path] = [word(), `/${word()}`]
    down.add(path)
    const inner = await api.workflow(calling(id, path))
    const outer = chainOf(inputOf(), node(`outer_${id}`, 'workflow', { workflow: inner, input: { n: 1 } }))
    const run = await api.run(outer)
    expect(run.status).toBe('failed')
    expect(await groupOf(id)).toBeUndefined()
    expect(await groupOf(`outer_${id}`)).toMatchObject({ count: 1, code: 'run_failed', example: { runId: run.id } })
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, type Event, openApi } from '../testing/api'
import { type RunningBaton, startBaton } from '../testing/baton'
import { word } from '../testing/chance'
import { chainOf, field, graphOf, inputOf, node, outputOf } from '../testing/graph'
import { listen } from '../testing/stream'

let baton: RunningBaton
let api: Api
beforeAll(async () => {
  baton = await startBaton()
  api = await openApi(baton)
})
afterAll(() => baton?.stop())

const wide = graphOf(
  [
    inputOf(field('n', 'number')),
    node('make', 'code', { source: 'return Array.from({length: input.n}, (_, index) => index)' }),
    node('each', 'map', { items: 'make', concurrency: 50 }),
    node('one', 'transform', { template: '{{ item }}' }, { parent: 'each' }),
    node('two', 'transform', { template: '{{ one }}!' }, { parent: 'each' }),
    outputOf('{{ each }}'),
  ],
  ['start make each done', 'one two'],
)
const asking = chainOf(inputOf(), node('gate', 'approval', { title: 'Go on?' }), outputOf('{{ gate.comment }}'))
asking.edges = [
  { source: 'start', target: 'gate' },
  { source: 'gate', sourcePort: 'approved', target: 'done' },
]

describe('the events of a run', () => {
  it.each([5, 1_000])('are numbered from 1 without a gap, 1,000 a page (map over %i items)', async (n) => {
    const run = await api.run(wide, { input: { n } })
    expect(run.output).toEqual(Array.from({ length: n }, (_, index) => `${index}!`))
    let after = 0
    const all: Event[] = []
    for (;;) {
      const page = await api.get<{ events: Event[]; next: number | null }>(`/runs/${run.id}/events?after=${after}`)
      all.push(...page.events)
      expect(page.events.length).toBeLessThanOrEqual(1_000)
      if (page.next === null) break
      expect(page.events).toHaveLength(1_000)
      expect(page.next).toBe(page.events.at(-1)?.seq)
      after = page.next
    }
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1))
    expect(all.length).toBeGreaterThan(n * 2)
    expect([all[0]?.type, all.at(-1)?.type]).toEqual(['run.created', 'run.completed'])
    for (const { at } of all) expect(new Date(at).toISOString()).toBe(at)
    const rest = await api.get(`/runs/${run.id}/events?after=${all.length}`)
    expect(rest).toEqual({ events: [], next: null })
  })

  it('of a run that goes on say where to ask again', async () => {
    const { id } = await api.run(asking)
    const page = await api.get<{ events: Event[]; next: number | null }>(`/runs/${id}/events`)
    expect(page.next).toBe(page.events.length)
    expect(await api.get(`/runs/${id}/events?after=${page.next}`)).toEqual({ events: [], next: page.next })
    await api.post(`/runs/${id}/cancel`)
  })

  it('are followed as a stream from start to end, exactly those that pages show', async () => {
    const { id } = await api.run(asking)
    const stream = await listen(api, `/runs/${id}/events`)
    await stream.until(({ type }) => type === 'node.waiting')
    const comment = word()
    await api.post(`/runs/${id}/approvals/gate`, { decision: 'approved', comment })
    await stream.end
    expect(stream.events).toEqual(await api.events(id))
    expect(stream.ids).toEqual(stream.events.map(({ seq }) => seq))
    expect(await api.get(`/runs/${id}`)).toMatchObject({ output: comment })
  })

  it.each([3, 400])('are taken up again where a stream broke off (map over %i items)', async (n) => {
    const id = await api.begin(wide, { input: { n } })
    const whole = await listen(api, `/runs/${id}/events`)
    await whole.end
    const seen = Math.floor(whole.events.length / 2)
    const rest = await listen(api, `/runs/${id}/events`, { 'last-event-id': String(seen) })
    await rest.end
    expect(rest.events).toEqual(whole.events.slice(seen))
    const past = await api.ask('GET', `/runs/${id}/events?after=${whole.events.length}`, undefined, {
      headers: { accept: 'text/event-stream' },
    })
    expect(past.status).toBe(204)
  })

  it('are asked for with sense: a wrong `after` is refused, an unknown run is not found', async () => {
    const { id } = await api.run(asking)
    for (const after of ['-1', 'x', '1.5', '99999999999'])
      expect((await api.ask('GET', `/runs/${id}/events?after=${after}`)).status).toBe(422)
    expect((await api.ask('GET', `/runs/${crypto.randomUUID()}/events`)).status).toBe(404)
    await api.post(`/runs/${id}/cancel`)
  })
})

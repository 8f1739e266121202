import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outputOf } from './testing/check-log'
import { agent, chain, sideBySide, transform } from './testing/small-graphs'
import { openStage, type Stage } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({
    script: ({ body }) => ({ kind: 'text', text: `echo ${JSON.stringify(body).length}`, firstTokenMs: 150 }),
  })
})
afterAll(() => stage.close())

describe('branches that are drawn in parallel', () => {
  it('run at the same time, and none sees what another one said', async () => {
    const { place, models } = stage
    const ids = ['ant', 'bee', 'cow', 'dog']
    const runId = await place.run(sideBySide(ids.map((id) => agent(id))))
    const { events } = await place.check(runId)
    const span = (id: string) => {
      const at = (type: string) =>
        events.find((event) => event.type === type && 'path' in event && event.path === id)?.at ?? 0
      return { from: at('node.started'), to: at('node.completed') }
    }
    const spans = ids.map(span)
    expect(Math.max(...spans.map(({ from }) => from))).toBeLessThan(Math.min(...spans.map(({ to }) => to)))
    const asked = models.requests.filter(({ headers }) => headers['idempotency-key']?.startsWith(runId))
    for (const { headers, body } of asked) {
      const own = headers['idempotency-key']?.split(':')[1]
      for (const id of ids) expect(JSON.stringify(body.messages).includes(`I am ${id}`)).toBe(id === own)
    }
    expect(asked).toHaveLength(ids.length)
  })

  it('can not even name each other: such a reference does not compile', async () => {
    await expect(
      stage.place.run(sideBySide([agent('ant'), agent('bee', 'What did {{ ant.text }} say?')])),
    ).rejects.toThrow(/ant/)
  })
})

describe('a map over 1,000 items', () => {
  it('keeps their order, and never has more than 50 at work', async () => {
    const { place, models } = stage
    models.script(({ body }) => {
      const item = Number(/item (\d+)\./.exec(JSON.stringify(body))?.[1])
      // They overtake each other.
      return { kind: 'text', text: String(item), firstTokenMs: 5 + ((item * 7) % 13) }
    })
    const items = Array.from({ length: 1_000 }, (_, n) => n)
    const nodes = [
      { id: 'each', kind: 'map', config: { items: JSON.stringify(items), concurrency: 50 } },
      { ...agent('one', 'item {{ item }}.'), parent: 'each' },
      { ...transform('line', '{{ one.text }}'), parent: 'each' },
    ]
    const graph = chain(nodes, { value: '{{ each }}' }) as { edges: unknown[] }
    graph.edges.push({ source: 'one', target: 'line' })
    const runId = await place.run(graph as never)
    const { state, events } = await place.check(runId)
    expect(state.run.status).toBe('completed')
    let open = 0
    let mostOpen = 0
    for (const event of events) {
      if (event.type === 'node.started' && event.path.endsWith('/one')) mostOpen = Math.max(mostOpen, ++open)
      if (event.type === 'node.completed' && event.path.endsWith('/one')) open--
    }
    expect(mostOpen).toBe(50)
    const output = outputOf(state)
    expect(output).toEqual(items.map(String))
  }, 60_000)
})

import { randomUUID } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import type { RunEvent } from '@/engine/run/events'
import { createRelay } from './relay'
import { relayChannel } from './relay-wire'
import type { Place } from './testing/place'
import { nth, openings } from './testing/places'
import { until } from './testing/until'

const open = openings()
afterEach(open.close)

const web = { runtime: { works: false } }
const worker = { runtime: { works: true } }

const chain = (n: number) => ({
  baton: 1 as const,
  name: 'chain',
  nodes: [
    { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text', required: true }] } },
    ...Array.from({ length: n }, (_, i) => ({
      id: `a${i}`,
      kind: 'agent',
      config: { prompt: 'Write about {{ start.topic }}' },
    })),
    { id: 'done', kind: 'output', config: { value: '{{ start.topic }}' } },
  ],
  edges: [
    { source: 'start', target: 'a0' },
    ...Array.from({ length: n - 1 }, (_, i) => ({ source: `a${i}`, target: `a${i + 1}` })),
    { source: `a${n - 1}`, target: 'done' },
  ],
})

/** What somebody hears who reads the log once, after he began to listen, and from then on only listens. */
async function follow(place: Place, runId: string) {
  const heard: RunEvent[] = []
  const words: string[] = []
  const leave = place.runtime.watch(runId, (message) => {
    if (message.type === 'events') heard.push(...message.events)
    else words.push(message.text)
  })
  const { rows } = await place.pool.query<{ event: string }>(
    'select event from run_event where run_id = $1 order by seq',
    [runId],
  )
  const read = rows.map(({ event }) => JSON.parse(event) as RunEvent)
  const seqs = () => [...new Set([...read, ...heard].map(({ seq }) => seq))].sort((a, b) => a - b)
  const isOver = () => [...read, ...heard].some(({ type }) => type === 'run.completed')
  return { heard, words, seqs, isOver, leave }
}

const startOn = async (place: Place, graph: Parameters<Place['request']>[0]): Promise<string> => {
  const answer = await place.runtime.start(await place.request(graph, { topic: 'tea' }, { attended: false }))
  if (answer.type !== 'repeated' && answer.type !== 'started') throw new Error(answer.type)
  return answer.runId
}

it('lets watchers in a web process hear every event of a run that a worker drives, gapless and in order', async () => {
  const places = await open.places(web, worker)
  const front = nth(places, 0)
  const runs = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const runId = await startOn(front, chain(6))
      return { runId, ear: await follow(front, runId) }
    }),
  )
  for (const { runId, ear } of runs) {
    await until('its end is heard', ear.isOver)
    const { rows } = await front.pool.query<{ seq: number }>(
      'select seq from run_event where run_id = $1 order by seq',
      [runId],
    )
    expect(ear.seqs()).toEqual(rows.map(({ seq }) => seq))
    const told = ear.heard.map(({ seq }) => seq)
    expect(told).toEqual([...told].sort((a, b) => a - b))
    ear.leave()
  }
  expect(places.flatMap(({ reports }) => reports)).toEqual([])
})

it('carries the words of a model only while somebody elsewhere watches', async () => {
  const places = await open.places(web, { ...worker, simulatedPace: 0.3 })
  const [front, back] = [nth(places, 0), nth(places, 1)]
  const unwatched = await startOn(front, chain(1))
  expect(back.runtime.fleet.deps.hub.isWatched(unwatched)).toBe(false)
  await front.runtime.untilSettled(unwatched, AbortSignal.timeout(10_000))
  const runId = await startOn(front, chain(4))
  const ear = await follow(front, runId)
  await until('its end is heard', ear.isOver)
  expect(ear.words.join('').length).toBeGreaterThan(100)
  ear.leave()
  await until('the worker knows that nobody watches', () => !back.runtime.fleet.deps.hub.isWatched(runId))
})

it('finds events whose notices got lost', async () => {
  const held = await open.held()
  const lonely = nth(await open.places({ ...worker, allowPrivate: [held.host] }), 0)
  // A relay that hears nothing at all: only its own looks at the database remain.
  const { hub, pool, processId, report } = lonely.runtime.fleet.deps
  const deaf = createRelay({ hub, pool, processId, report, alone: false, driveOf: () => undefined })
  open.onClose(async () => deaf.stop())
  const answer = await lonely.runtime.start(await lonely.request(held.graph, { key: 'k' }, { attended: false }))
  if (answer.type !== 'started') throw new Error(answer.type)
  await until('it is at work', () => held.held() === 1)
  const seqs: number[] = []
  deaf.hub.watch(answer.runId, (message) => {
    if (message.type === 'events') seqs.push(...message.events.map(({ seq }) => seq))
  })
  held.letAllGo()
  await lonely.runtime.untilSettled(answer.runId, AbortSignal.timeout(10_000))
  deaf.catchUp()
  const state = await lonely.runtime.read(answer.runId)
  await until('the last event is heard', () => seqs.includes(state?.seq ?? 0))
  expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
})

it('sends nothing between processes when there is no other one', async () => {
  const place = nth(await open.places({ runtime: { works: true, alone: true } }), 0)
  const client = await place.pool.connect()
  const notices: string[] = []
  client.on('notification', ({ payload }) => notices.push(payload ?? ''))
  await client.query(`listen ${relayChannel}`)
  const runId = await startOn(place, chain(3))
  const ear = await follow(place, runId)
  await until('its end is heard', ear.isOver)
  await client.query('select 1')
  client.release(true)
  expect(notices).toEqual([])
})

it('ends a wait in a web process soon after the run settled elsewhere', async () => {
  const held = await open.held()
  const places = await open.places(web, { ...worker, allowPrivate: [held.host] })
  const [front, back] = [nth(places, 0), nth(places, 1)]
  const answer = await front.runtime.start(await front.request(held.graph, { key: 'k' }))
  if (answer.type !== 'repeated') throw new Error(answer.type)
  let settledAt = 0
  const settled = front.runtime.untilSettled(answer.runId, AbortSignal.timeout(20_000)).then(() => {
    settledAt = performance.now()
  })
  await until('it is at work', () => held.held() === 1)
  // Long enough for the waiting process to look at the database rarely.
  const drive = back.runtime.fleet.drives.get(answer.runId)
  await until('the worker knows that somebody waits', () => (drive?.waiters.size ?? 0) > 0)
  const before = performance.now()
  held.letAllGo()
  await settled
  expect(settledAt - before).toBeLessThan(500)
  expect((await front.runtime.read(answer.runId))?.run.status).toBe('completed')
})

it('counts a run as watched as long as somebody elsewhere says so, and ignores what it does not understand', async () => {
  const places = await open.places(worker)
  const { runtime } = nth(places, 0)
  const runId = randomUUID()
  runtime.fleet.relay.hear(JSON.stringify({ from: 'elsewhere', watch: [runId] }))
  expect(runtime.fleet.deps.hub.isWatched(runId)).toBe(true)
  runtime.fleet.relay.hear(JSON.stringify({ from: 'elsewhere', unwatch: [runId] }))
  expect(runtime.fleet.deps.hub.isWatched(runId)).toBe(false)
  runtime.fleet.relay.hear('{"from":"elsewhere","at":"nonsense"}')
  runtime.fleet.relay.hear('{')
  expect(nth(places, 0).reports).toEqual([])
})

import { afterEach, expect, it } from 'vitest'
import { usedSlots } from './room'
import { shortGraph, sleepingGraph } from './testing/graphs'
import { openPlace, type Place } from './testing/place'
import { nth, openings } from './testing/places'
import { until } from './testing/until'

const open = openings()
afterEach(open.close)

const web = { runtime: { works: false } }
const worker = { runtime: { works: true } }

const settled = (place: Place, runId: string, ms = 10_000) => place.runtime.untilSettled(runId, AbortSignal.timeout(ms))

const jobs = async ({ pool }: Place) =>
  (await pool.query<{ name: string; state: string }>('select name, state from pgboss.job')).rows

it('makes no job for a run that its acceptor has room for', async () => {
  const place = nth(await open.places(worker), 0)
  for (let i = 0; i < 20; i++) await place.run(shortGraph, { topic: 'tea' })
  expect((await jobs(place)).filter(({ name }) => name === 'drive-run')).toEqual([])
})

it('lets a worker finish what a web process accepted, and leaves no job behind', async () => {
  const places = await open.places(web, worker)
  const [front, back] = [nth(places, 0), nth(places, 1)]
  const answer = await front.runtime.start(await front.request(shortGraph, { topic: 'tea' }))
  expect(answer.type).toBe('repeated')
  if (answer.type !== 'repeated') return
  await settled(front, answer.runId)
  expect((await front.runtime.read(answer.runId))?.run.status).toBe('completed')
  expect(front.runtime.fleet.drives.size).toBe(0)
  await until('the job is gone', async () => (await jobs(front)).every(({ name }) => name !== 'drive-run'))
  expect([...front.reports, ...back.reports]).toEqual([])
})

it('picks a queued run up within milliseconds', async () => {
  const places = await open.places(web, worker)
  const [front, { drives }] = [nth(places, 0), nth(places, 1).runtime.fleet]
  const pickedUp = new Map<string, number>()
  const { set } = drives
  drives.set = (runId, drive) => {
    pickedUp.set(runId, performance.now())
    return set.call(drives, runId, drive)
  }
  const request = await front.request(shortGraph, { topic: 'tea' })
  const took: number[] = []
  for (let i = 0; i < 60; i++) {
    const answer = await front.runtime.start(request)
    const accepted = performance.now()
    if (answer.type !== 'repeated') throw new Error(answer.type)
    await settled(front, answer.runId)
    took.push((pickedUp.get(answer.runId) ?? Number.POSITIVE_INFINITY) - accepted)
  }
  took.sort((a, b) => a - b)
  expect(nth(took, 30)).toBeLessThan(40)
})

it('takes no more runs than fit, in all and of one workspace', async () => {
  const held = await open.held()
  const settings = { allowPrivate: [held.host], runtime: { works: true, limits: { runs: 6, runsPerWorkspace: 4 } } }
  const places = await open.places(settings, web)
  const [place, other] = [nth(places, 0), nth(places, 1)]
  let most = { all: 0, own: 0 }
  const watch = setInterval(() => {
    const used = usedSlots(place.runtime.fleet)
    most = { all: Math.max(most.all, used.all), own: Math.max(most.own, used.of.get(place.workspaceId) ?? 0) }
  }, 1)
  open.onClose(async () => clearInterval(watch))
  const ids: string[] = []
  for (let i = 0; i < 30; i++) {
    const from = i % 2 === 0 ? place : other
    const answer = await from.runtime.start(await place.request(held.graph, { key: `a${i}` }, { attended: false }))
    if (answer.type === 'started' || answer.type === 'repeated') ids.push(answer.runId)
  }
  await until('the workspace uses all it may', () => held.held() === 4)
  for (let i = 0; i < 30; i++)
    await place.runtime.start(await other.request(held.graph, { key: `b${i}` }, { attended: false }))
  await until('all slots are used', () => held.held() === 6)
  held.letAllGo()
  for (const id of ids) await settled(place, id)
  expect(held.heard.filter((key) => key.startsWith('a'))).toHaveLength(30)
  expect(most).toEqual({ all: 6, own: 4 })
})

it('starts one run of a small workspace before the long queue of another one is through', async () => {
  const held = await open.held()
  const limits = { runs: 4, runsPerWorkspace: 4 }
  const places = await open.places({ allowPrivate: [held.host], runtime: { works: true, limits } }, web)
  const [place, other] = [nth(places, 0), nth(places, 1)]
  const big = await place.request(held.graph, { key: 'big' }, { attended: false })
  for (let i = 0; i < 200; i++) await place.runtime.start(big)
  await until('the big workspace holds every slot', () => held.held() === 4)
  await other.runtime.start(await other.request(held.graph, { key: 'small' }, { attended: false }))
  await until(
    'its job is there',
    async () => (await jobs(place)).filter(({ name }) => name === 'drive-run').length === 197,
  )
  // Every slot that becomes free is given out anew; the second workspace gets the very first of them.
  held.letGo('big')
  await until('the slots are given out', () => held.heard.length >= 8)
  expect(held.heard.slice(0, 8)).toContain('small')
})

it('says that it is busy when too many runs wait, and takes new ones when they are through', async () => {
  const held = await open.held()
  const limits = { runs: 2, runsPerWorkspace: 2, waiting: 5 }
  const place = nth(await open.places({ allowPrivate: [held.host], runtime: { works: true, limits } }), 0)
  const request = await place.request(held.graph, { key: 'x' }, { attended: false })
  const answers: string[] = []
  for (let i = 0; i < 12; i++) answers.push((await place.runtime.start(request)).type)
  expect(answers.slice(0, 2)).toEqual(['started', 'started'])
  expect(answers.filter((type) => type === 'repeated')).toHaveLength(5)
  expect(answers.slice(7)).toEqual(Array(5).fill('busy'))
  held.letAllGo()
  await until('there is room again', async () => (await place.runtime.start(request)).type !== 'busy')
})

it('wakes a run that no process holds in memory on time', async () => {
  const forgetful = { runtime: { works: true, limits: { resting: 0 } } }
  const places = await open.places(forgetful, forgetful)
  const [first, second] = [nth(places, 0), nth(places, 1)]
  const answer = await first.runtime.start(await first.request(sleepingGraph(3), { topic: 'tea' }, { attended: false }))
  if (answer.type !== 'started') throw new Error(answer.type)
  await until('it was let go', () => !first.runtime.fleet.drives.has(answer.runId))
  await settled(second, answer.runId)
  const { rows } = await first.pool.query<{ ms: number }>(
    `select extract(epoch from finished_at - started_at)::float8 * 1000 as ms from run where id = $1`,
    [answer.runId],
  )
  expect(rows[0]?.ms).toBeGreaterThanOrEqual(3_000)
  expect(rows[0]?.ms).toBeLessThan(3_300)
})

it('finishes what belongs to a process that is no more', async () => {
  const held = await open.held()
  const settings = { allowPrivate: [held.host], runtime: { works: true } }
  const places = await open.places(settings, settings)
  const [before, after] = [nth(places, 0), nth(places, 1)]
  const started = await before.runtime.start(await before.request(held.graph, { key: 'k' }, { attended: false }))
  if (started.type !== 'started') throw new Error(started.type)
  await until('it is at work', () => held.held() === 1)
  const { pool } = after
  const { rows } = await pool.query<{ id: string }>(
    `insert into process (id, role, host, pid, heartbeat_at) values (gen_random_uuid(), 'worker', 'x', 1, now() - interval '1 minute') returning id`,
  )
  await pool.query('update run set owner = $2, epoch = epoch + 1 where id = $1', [started.runId, rows[0]?.id])
  held.letAllGo()
  await settled(after, started.runId, 20_000)
  expect((await after.runtime.read(started.runId))?.run.status).toBe('completed')
})

it('hands queued and running work over when a worker stops', async () => {
  const held = await open.held()
  const settings = {
    allowPrivate: [held.host],
    runtime: { works: true, graceMs: 50, limits: { runs: 3, runsPerWorkspace: 3 } },
  }
  const places = await open.places(web, settings)
  const [front, leaving] = [nth(places, 0), nth(places, 1)]
  const ids: string[] = []
  for (let i = 0; i < 8; i++) {
    const answer = await front.runtime.start(await front.request(held.graph, { key: `${i}` }, { attended: false }))
    if (answer.type === 'repeated') ids.push(answer.runId)
  }
  await until('it is full', () => held.held() === 3)
  await leaving.runtime.stop()
  held.letAllGo()
  const next = await openPlace({ url: front.url, ...settings })
  open.onClose(next.close)
  for (const id of ids) await settled(front, id)
  const { rows } = await front.pool.query(`select status, count(*) as n from run group by status`)
  expect(rows).toEqual([{ status: 'completed', n: 8 }])
})

import { afterEach, expect, it } from 'vitest'
import { readEvents } from './read-run'
import { shortGraph } from './testing/graphs'
import { openPlace, type Place } from './testing/place'
import { nth, openings } from './testing/places'
import { until } from './testing/until'

const open = openings()
afterEach(open.close)

const settled = (place: Place, runId: string) => place.runtime.untilSettled(runId, AbortSignal.timeout(20_000))
const by = { type: 'person' as const, id: 'u' }

const statusOf = async ({ pool }: Place, runId: string) =>
  (await pool.query<{ status: string }>('select status from run where id = $1', [runId])).rows[0]?.status

/** A run that waits in a web process's database for a worker, and can't be driven once `spoil` has been at it. */
async function spoiledRun(front: Place, spoil: string): Promise<string> {
  const answer = await front.runtime.start(await front.request(shortGraph, { topic: 'tea' }, { attended: false }))
  if (answer.type !== 'repeated') throw new Error(answer.type)
  await front.pool.query(spoil, [answer.runId])
  return answer.runId
}

const webAndLaterWorker = async () => {
  const front = nth(await open.places({ runtime: { works: false } }), 0)
  const work = async () => {
    const place = await openPlace({ url: front.url, runtime: { works: true } })
    open.onClose(place.close)
    return place
  }
  return { front, work }
}

const unknownGraph = `update run set graph_hash = 'unknown' where id = $1`

it('pauses a run that nobody can take over and says why, and does not hold up others', async () => {
  const { front, work } = await webAndLaterWorker()
  const stuck = await spoiledRun(front, unknownGraph)
  const broken = await spoiledRun(front, `update run_event set event = '{"type":' where run_id = $1 and seq = 1`)
  const worker = await work()
  const fine = await front.runtime.start(await front.request(shortGraph, { topic: 'tea' }, { attended: false }))
  if (fine.type !== 'repeated') throw new Error(fine.type)
  await settled(front, fine.runId)
  expect(await statusOf(front, fine.runId)).toBe('completed')

  await settled(front, stuck)
  await settled(front, broken)
  expect([await statusOf(front, stuck), await statusOf(front, broken)]).toEqual(['paused', 'paused'])
  const state = await front.runtime.read(stuck)
  expect(state?.run).toMatchObject({ status: 'paused', reason: 'engine' })
  expect(JSON.stringify(state?.run)).toContain('unknown')
  // Three attempts, and a last one that says why: nothing is tried again and again.
  const tries = () => worker.reports.length
  const before = tries()
  expect(before).toBeLessThanOrEqual(10)
  const { rows } = await front.pool.query(
    `select name from pgboss.job where state <= 'active' and name <> 'housekeeping'`,
  )
  expect(rows).toEqual([])
  await worker.run(shortGraph, { topic: 'tea' })
  expect(tries()).toBe(before)
})

it('goes on with a parked run when it is resumed and can be driven again', async () => {
  const { front, work } = await webAndLaterWorker()
  const hash = (await front.request(shortGraph, { topic: 'tea' })).graphHash
  const runId = await spoiledRun(front, unknownGraph)
  await work()
  await settled(front, runId)
  expect(await statusOf(front, runId)).toBe('paused')
  await front.pool.query('update run set graph_hash = $2 where id = $1', [runId, hash])
  expect(await front.runtime.send(front.workspaceId, runId, { type: 'resume', by })).toEqual({ type: 'accepted' })
  await until('it is through', async () => (await statusOf(front, runId)) === 'completed')
  const types = (await readEvents(front.pool, runId)).map(({ type, seq }) => `${seq} ${type}`)
  expect(types.slice(0, 3)).toEqual(['1 run.created', '2 run.paused', '3 run.resumed'])
})

it('cancels a run that nobody can drive', async () => {
  const { front, work } = await webAndLaterWorker()
  const runId = await spoiledRun(front, unknownGraph)
  await work()
  await settled(front, runId)
  await front.runtime.send(front.workspaceId, runId, { type: 'cancel', by, reason: 'enough' })
  await until('it is cancelled', async () => (await statusOf(front, runId)) === 'cancelled', 25_000)
  expect((await front.runtime.read(runId))?.run).toMatchObject({ status: 'cancelled', reason: 'enough' })
})

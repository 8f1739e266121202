import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '@/server/db/embedded/process'
import { type FreshDatabase, freshDatabase } from '@/server/db/testing/fresh-database'
import { openPlace } from './testing/place'
import { agent, chain } from './testing/small-graphs'
import { openStage, type Stage } from './testing/stage'
import { type Bundle, buildWorker, startWorker } from './testing/worker'

let stage: Stage
let bundle: Bundle
beforeAll(async () => {
  bundle = await buildWorker()
  stage = await openStage({
    script: () => ({ kind: 'text', text: 'Fine.', firstTokenMs: 100 }),
    runtime: { works: false },
  })
})
afterAll(async () => {
  await stage.close()
  bundle.remove()
})

const five = chain(
  Array.from({ length: 5 }, (_, n) => agent(`a${n}`, n === 0 ? 'Begin' : `After {{ a${n - 1}.text }}`)),
)
const spawnWorker = () =>
  startWorker({ bundle, databaseUrl: stage.place.url, modelUrl: stage.models.url, env: { BATON_LOG_LEVEL: 'error' } })

describe('SIGTERM under load', () => {
  it('hands everything over: another process goes on at once, and no call is made twice', async () => {
    const { place, models } = stage
    const runIds: string[] = []
    for (let n = 0; n < 20; n++) runIds.push(await place.begin(five))
    const first = spawnWorker()
    expect(await until(() => models.requests.length >= 30, 15_000)).toBe(true)
    first.process.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    const { rows } = await place.pool.query<{ held: number; processes: number }>(
      `select (select count(*)::int from run where owner is not null and finished_at is null) as held, (select count(*)::int from process where role = 'worker') as processes`,
    )
    expect(rows[0]).toEqual({ held: 0, processes: 0 })
    const second = spawnWorker()
    for (const runId of runIds) {
      await place.reach(runId, ({ run }) => run.status === 'completed')
      const { events } = await place.check(runId)
      expect(
        events.some((event) => event.type === 'node.resumed' && event.cause.type === 'takeover' && event.cause.died),
      ).toBe(false)
    }
    expect(models.requests.length).toBe(100)
    second.process.kill('SIGTERM')
    expect(await second.ended).toBe(0)
  }, 60_000)
})

describe('an error that nobody expected', () => {
  it.each([
    ['thrown', "throw(Error('planted'))"],
    ['rejected', "Promise.reject(Error('planted'))"],
  ])(
    'and %s, is said, and everything is handed over before the process ends with code 1',
    async (_how, fault) => {
      const { place, models } = stage
      models.script(() => ({ kind: 'text', text: 'Fine.', firstTokenMs: 100 }))
      models.requests.splice(0)
      const runIds: string[] = []
      for (let n = 0; n < 5; n++) runIds.push(await place.begin(five))
      const first = startWorker({
        bundle,
        databaseUrl: place.url,
        modelUrl: models.url,
        env: { NODE_OPTIONS: `--import data:text/javascript,process.on('SIGUSR2',()=>{${fault}})` },
      })
      expect(await until(() => models.requests.length >= 7, 15_000)).toBe(true)
      first.process.kill('SIGUSR2')
      expect(await first.ended).toBe(1)
      expect(first.said.join('\n')).toMatch(/error doing=(uncaught exception|unhandled rejection) Error: planted/)
      const { rows } = await place.pool.query<{ held: number; processes: number }>(
        `select (select count(*)::int from run where owner is not null and finished_at is null) as held, (select count(*)::int from process where role = 'worker') as processes`,
      )
      expect(rows[0]).toEqual({ held: 0, processes: 0 })
      const second = spawnWorker()
      for (const runId of runIds) {
        await place.reach(runId, ({ run }) => run.status === 'completed')
        await place.check(runId)
      }
      expect(models.requests.length).toBe(25)
      second.process.kill('SIGTERM')
      expect(await second.ended).toBe(0)
    },
    60_000,
  )
})

describe('after kill -9', () => {
  it('others take the runs over as soon as the silence is long enough', async () => {
    const { place, models } = stage
    models.script((_, n) => ({ kind: 'text', text: 'Fine.', firstTokenMs: n === 0 ? 60_000 : 5 }))
    const settings = {
      url: place.url,
      workspaceId: place.workspaceId,
      openai: { apiKey: 'k', baseUrl: models.url, model: 'test-model' },
    }
    const runId = await place.begin(five)
    const victim = spawnWorker()
    expect(
      await until(() => models.requests.some(({ headers }) => headers['idempotency-key']?.startsWith(runId)), 10_000),
    ).toBe(true)
    // As if its last sign of life were 13 of the 15 seconds ago.
    victim.process.kill('SIGKILL')
    await victim.ended
    await place.pool.query(`update process set heartbeat_at = now() - interval '13 seconds' where pid = $1`, [
      victim.pid,
    ])
    const died = performance.now()
    const survivor = await openPlace(settings)
    await place.reach(runId, ({ run }) => run.status === 'completed', 25_000)
    const took = performance.now() - died
    // 2 s of silence that were left, and what it takes to notice.
    expect(took).toBeGreaterThan(1_500)
    expect(took).toBeLessThan(17_000)
    await survivor.close()
  }, 60_000)

  it('a process that is alone on its database goes on at once', async () => {
    const { models } = stage
    const database: FreshDatabase = await freshDatabase()
    models.script((_, n) => ({ kind: 'text', text: 'Fine.', firstTokenMs: n === 0 ? 60_000 : 5 }))
    const openai = { apiKey: 'k', baseUrl: models.url, model: 'test-model' }
    const outside = await openPlace({ url: database.url, runtime: { works: false }, openai })
    const runId = await outside.begin(five)
    const victim = startWorker({
      bundle,
      databaseUrl: database.url,
      modelUrl: models.url,
      env: { BATON_LOG_LEVEL: 'error' },
    })
    expect(
      await until(() => models.requests.some(({ headers }) => headers['idempotency-key']?.startsWith(runId)), 10_000),
    ).toBe(true)
    victim.process.kill('SIGKILL')
    await victim.ended
    const died = performance.now()
    const restarted = await openPlace({
      url: database.url,
      workspaceId: outside.workspaceId,
      openai,
      runtime: { works: true, alone: true },
    })
    await outside.reach(runId, ({ run }) => run.status === 'completed')
    expect(performance.now() - died).toBeLessThan(5_000)
    await restarted.close()
    await outside.close()
    await database.drop()
  }, 60_000)
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { statusOf } from '@/engine/run/summary'
import { until } from '@/server/db/embedded/process'
import { migrate } from '@/server/db/migrate'
import { startTestPostgres, type TestPostgres } from '@/server/db/testing/postgres'
import { agent, approval, chain, transform } from './testing/small-graphs'
import { openStage, type Stage } from './testing/stage'
import { type Bundle, buildWorker, startWorker } from './testing/worker'

let postgres: TestPostgres
let stage: Stage
let bundle: Bundle
beforeAll(async () => {
  ;[bundle, postgres] = await Promise.all([buildWorker(), startTestPostgres()])
  await migrate(postgres.url)
  stage = await openStage({ url: postgres.url, script: () => ({ kind: 'text', text: 'Fine.', firstTokenMs: 60 }) })
})
afterAll(async () => {
  await stage.close()
  await postgres.remove()
  bundle.remove()
})

const agents = (count: number) =>
  Array.from({ length: count }, (_, n) => agent(`a${n}`, n === 0 ? 'Begin' : `After {{ a${n - 1}.text }}`))

describe('a PostgreSQL that stops at once and comes back', () => {
  it('ends no process, and every run goes on', async () => {
    const { place, models } = stage
    const worker = startWorker({ bundle, databaseUrl: postgres.url, modelUrl: models.url })
    expect(await worker.ready, worker.said.join('\n')).not.toBeNull()
    const runIds: string[] = []
    for (let n = 0; n < 10; n++) runIds.push(await place.begin(chain(agents(30))))
    const waiting = await place.begin(
      chain([approval('gate')], { value: '{{ gate.decision }}', ports: { gate: 'approved' } }),
    )
    for (let round = 0; round < 2; round++) {
      const calls = models.requests.length
      expect(await until(() => models.requests.length > calls + 10, 10_000)).toBe(true)
      await postgres.stop('immediate')
      await postgres.restart()
    }
    for (const runId of runIds) {
      await place.reach(runId, ({ run }) => run.status === 'completed', 30_000)
      const { events } = await place.check(runId)
      const models = events.filter((event) => event.type === 'step.completed')
      expect(models).toHaveLength(30)
      expect(events.filter(({ type }) => type === 'step.failed' || type === 'node.retrying')).toEqual([])
    }
    // The ears have grown again.
    const began = performance.now()
    expect(await place.send(waiting, { type: 'decide', path: 'gate', decision: 'approved' })).toEqual({
      type: 'accepted',
    })
    await place.reach(waiting, ({ run }) => run.status === 'completed')
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(worker.process.exitCode).toBeNull()
    // The connection on which notices are heard comes back by itself, a moment later than the others.
    await until(async () => (await place.runtime.ready()).queue, 5_000)
    expect(await place.runtime.ready()).toEqual({ database: true, queue: true })
    worker.process.kill('SIGTERM')
    expect(await worker.ended).toBe(0)
  }, 120_000)
})

describe('connections that are cut in the middle of an append', () => {
  it('leave no gap, no double and no lost run, however often', async () => {
    const { place } = stage
    const nodes = Array.from({ length: 8 }, (_, n) => (n % 2 ? transform(`t${n}`, 'x') : agent(`t${n}`)))
    const runIds: string[] = []
    let cut = 0
    let going = true
    const cutting = (async () => {
      while (going) {
        const { rows } = await place.pool
          .query(
            `select count(pg_terminate_backend(pid)) as n from pg_stat_activity where application_name = 'baton log' and pid <> pg_backend_pid() and state = 'active'`,
          )
          .catch(() => ({ rows: [{ n: 0 }] }))
        cut += rows[0]?.n ?? 0
        await new Promise((resolve) => setTimeout(resolve, 8))
      }
    })()
    for (let n = 0; n < 80; n++) {
      const answer = await place.begin(chain(nodes)).catch(() => null)
      if (answer) runIds.push(answer)
    }
    for (const runId of runIds)
      await place
        .reach(runId, (state) => statusOf(state) === 'completed', 60_000)
        .catch(async (error) => {
          going = false
          throw error
        })
    going = false
    await cutting
    for (const runId of runIds) await place.check(runId)
    expect(cut).toBeGreaterThan(20)
    expect(runIds.length).toBeGreaterThan(40)
  }, 120_000)
})

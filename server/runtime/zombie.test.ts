import { afterAll, beforeAll, expect, it } from 'vitest'
import { until } from '@/server/db/embedded/process'
import { take } from './fleet'
import { outputOf } from './testing/check-log'
import { openPlace } from './testing/place'
import { agent, chain } from './testing/small-graphs'
import { openStage, type Stage } from './testing/stage'
import { type Bundle, buildWorker, startWorker } from './testing/worker'

let stage: Stage
let bundle: Bundle
beforeAll(async () => {
  bundle = await buildWorker()
  stage = await openStage({ runtime: { works: false } })
})
afterAll(async () => {
  await stage.close()
  bundle.remove()
})

it('what a worker writes after others have taken its runs over counts for nothing', async () => {
  const { place, models } = stage
  const frozen = 8
  models.script(({ headers }, n) => ({
    kind: 'text',
    text: n < frozen ? `zombie ${headers['idempotency-key']}` : 'survivor',
    firstTokenMs: n < frozen ? 300 : 1,
  }))
  const runIds: string[] = []
  for (let n = 0; n < frozen; n++)
    runIds.push(await place.begin(chain([agent('one'), agent('two')], { value: '{{ one.text }} {{ two.text }}' })))
  const worker = startWorker({
    bundle,
    databaseUrl: place.url,
    modelUrl: models.url,
    env: { BATON_LOG_LEVEL: 'error' },
  })
  expect(await until(() => models.requests.length === frozen, 10_000)).toBe(true)
  worker.process.kill('SIGSTOP')
  await place.pool.query(`update process set heartbeat_at = now() - interval '1 hour' where pid = $1`, [worker.pid])

  const survivor = await openPlace({
    url: place.url,
    workspaceId: place.workspaceId,
    openai: { apiKey: 'k', baseUrl: models.url, model: 'test-model' },
  })
  // Its own first sweep may have been faster.
  for (const runId of runIds) await take(survivor.runtime.fleet, runId)
  for (const runId of runIds) await place.reach(runId, ({ run }) => run.status === 'completed')
  const before = await Promise.all(runIds.map((runId) => place.check(runId)))

  worker.process.kill('SIGCONT')
  // It finds its answers, tries to write them down, and then is a worker like any other again.
  const next = await (async () => {
    await survivor.close()
    return place.begin(chain([agent('one')], { value: '{{ one.text }}' }))
  })()
  await place.reach(next, ({ run }) => run.status === 'completed')
  for (const [index, runId] of runIds.entries()) {
    const { events, state } = await place.check(runId)
    expect(events).toEqual(before[index]?.events)
    expect(outputOf(state)).toBe('survivor survivor')
  }
  worker.process.kill('SIGTERM')
  expect(await worker.ended).toBe(0)
}, 60_000)

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '@/server/db/testing/fresh-database'
import { type Bundle, buildWorker, startWorker } from '@/server/runtime/testing/worker'

let bundle: Bundle
let database: FreshDatabase
beforeAll(async () => {
  ;[bundle, database] = await Promise.all([buildWorker(), freshDatabase()])
})
afterAll(async () => {
  bundle.remove()
  await database.drop()
})

describe('a worker process', () => {
  it('is ready within 400 ms, and ends on SIGTERM', async () => {
    const times: number[] = []
    for (let round = 0; round < 5; round++) {
      const worker = startWorker({ bundle, databaseUrl: database.url })
      const took = await worker.ready
      expect(took, worker.said.join('\n')).not.toBeNull()
      times.push(took ?? Number.POSITIVE_INFINITY)
      worker.process.kill('SIGTERM')
      expect(await worker.ended).toBe(0)
    }
    console.log(times)
    // The best of a few: other tests run at the same time.
    expect(Math.min(...times)).toBeLessThan(400)
  })
})

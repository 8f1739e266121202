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
    // The best of a few: other tests run at the same time.
    expect(Math.min(...times)).toBeLessThan(400)
  })

  it('shares one PostgreSQL with others of its kind', async () => {
    const workers = [1, 2, 3].map(() => startWorker({ bundle, databaseUrl: database.url }))
    for (const worker of workers) expect(await worker.ready, worker.said.join('\n')).not.toBeNull()
    for (const worker of workers) worker.process.kill('SIGTERM')
    for (const worker of workers) expect(await worker.ended).toBe(0)
  })

  it('says what it misses, and ends', async () => {
    const worker = startWorker({ bundle, databaseUrl: '' })
    expect(await worker.ended).toBe(1)
    expect(worker.said.join(' ')).toMatch(/DATABASE_URL/)
  })
})

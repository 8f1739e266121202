import { afterAll, describe, expect, test } from 'vitest'
import { greeting } from '@/server/api/testing/graphs'
import { openServer, type TestServer } from '@/server/api/testing/open-server'
import { migrate } from '@/server/db/migrate'
import { startTestPostgres } from '@/server/db/testing/postgres'

describe('a server that stops', () => {
  let server: TestServer
  afterAll(() => server.close())

  test('tells new runs to come back later', async () => {
    server = await openServer()
    const start = () => server.ask('/api/v1/runs', { body: { graph: greeting, input: { who: 'Ada' }, wait: 5 } })
    expect((await start()).status).toBe(200)
    await server.runtime.stop()
    const refused = await start()
    expect(refused).toMatchObject({ status: 503, body: { code: 'busy' } })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  })
})

describe('a database that is away', () => {
  test('is 503 with a time to come back, and 200 once it is there again', async () => {
    const postgres = await startTestPostgres()
    await migrate(postgres.url)
    const server = await openServer({ url: postgres.url })
    try {
      expect((await server.ask('/api/v1/workflows')).status).toBe(200)
      await postgres.stop('immediate')
      await expect.poll(async () => (await server.ask('/api/v1/ready', { key: null })).status).toBe(503)
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const away = await server.ask('/api/v1/workflows')
        expect(away).toMatchObject({ status: 503, body: { code: 'unavailable' } })
        expect(away.headers['retry-after']).toBe('1')
      }
      expect((await server.ask('/api/v1/health', { key: null })).status).toBe(200)
      await postgres.restart()
      await expect.poll(async () => (await server.ask('/api/v1/workflows')).status, { timeout: 15_000 }).toBe(200)
    } finally {
      await server.close()
      await postgres.remove()
    }
  }, 60_000)
})

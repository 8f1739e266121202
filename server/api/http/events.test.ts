import { request } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { asking } from '@/server/api/testing/graphs'
import { openServer, type TestServer } from '@/server/api/testing/open-server'

let server: TestServer
beforeAll(async () => {
  server = await openServer()
})
afterAll(async () => {
  expect(server.reports).toEqual([])
  await server.close()
})

/** What arrives on an event stream, and whether it has ended. */
function follow(id: string, key: string) {
  const heard = { text: '', ended: false }
  request(
    {
      host: '127.0.0.1',
      port: server.port,
      path: `/api/v1/runs/${id}/events`,
      headers: { authorization: `Bearer ${key}`, accept: 'text/event-stream' },
    },
    (response) => {
      response.setEncoding('utf8')
      response.on('data', (text: string) => {
        heard.text += text
      })
      response.on('close', () => {
        heard.ended = true
      })
    },
  ).end()
  return heard
}

test('an event stream ends with the key that it was asked for with, and goes on for others', async () => {
  const run = await server.ask<{ id: string }>('/api/v1/runs', { body: { graph: asking, input: {}, wait: 20 } })
  const { id } = run.body
  const made = await server.ask<{ id: string; key: string }>('/api/v1/keys', { body: { name: 'x', role: 'viewer' } })
  const [revoked, kept] = [follow(id, made.body.key), follow(id, server.key)]
  await vi.waitFor(() => {
    expect(revoked.text).toContain('node.waiting')
    expect(kept.text).toContain('node.waiting')
  })
  expect((await server.ask(`/api/v1/keys/${made.body.id}`, { method: 'DELETE' })).status).toBe(204)
  await server.ask(`/api/v1/runs/${id}/cancel`, { body: { reason: 'not for everybody' } })
  await vi.waitFor(() => {
    expect(kept.text).toContain('run.cancelled')
    expect(revoked.ended).toBe(true)
  })
  expect(revoked.text).not.toContain('not for everybody')
})

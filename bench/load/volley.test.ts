import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { fire, type Volley } from '@/bench/load/volley'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function serve(answer: (n: number) => { status: number; body: string }) {
  let asked = 0
  let most = 0
  let open = 0
  const bodies = new Set<string>()
  const server = createServer((request, response) => {
    most = Math.max(most, ++open)
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      bodies.add(`${request.headers.authorization} ${body}`)
      setImmediate(() => {
        open--
        const { status, body } = answer(asked++)
        response.writeHead(status).end(body)
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const volley: Volley = {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    path: '/',
    headers: { authorization: 'Bearer k' },
    body: '{"grün":1}',
    connections: 4,
    answers: 100,
    expect: { status: 200, text: 'yes' },
  }
  return { volley, asked: () => asked, most: () => most, bodies }
}

it('asks exactly as often as told, never more at once than it has connections', async () => {
  const { volley, asked, most, bodies } = await serve(() => ({ status: 200, body: 'oh yes' }))
  const result = await fire(volley)
  expect(result).toMatchObject({ answers: 100, wrong: 0, firstWrong: null })
  expect(asked()).toBe(100)
  expect(most()).toBeLessThanOrEqual(4)
  expect([...bodies]).toEqual(['Bearer k {"grün":1}'])
  expect(result.p50).toBeLessThanOrEqual(result.p95)
  expect(result.p95).toBeLessThanOrEqual(result.max)
})

it('counts answers that are not as expected and shows the first', async () => {
  const { volley } = await serve((n) =>
    n % 2 === 0 ? { status: 200, body: 'yes' } : { status: 503, body: 'yes, busy' },
  )
  expect(await fire(volley)).toMatchObject({ answers: 100, wrong: 50, firstWrong: '503 yes, busy' })
})

it('a server that hangs up is an error, not a fast answer', async () => {
  const { volley } = await serve(() => ({ status: 200, body: 'yes' }))
  const cut = createServer((request) => request.socket.destroy())
  await new Promise<void>((resolve) => cut.listen(0, '127.0.0.1', resolve))
  closing.push(() => cut.close())
  await expect(fire({ ...volley, port: (cut.address() as AddressInfo).port })).rejects.toThrow()
})

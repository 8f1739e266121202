import { once } from 'node:events'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { NodeError } from '@/engine/failure'
import { createOutbound, mostPools } from '@/server/outbound/outbound'
import { listenLocally } from '@/server/outbound/testing/local-server'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

async function start(trusted: 'trusted' | 'unknown', handle: Parameters<typeof listenLocally>[0]) {
  const server = await listenLocally(handle)
  const trustedBaseUrls = trusted === 'trusted' ? [`${server.url}/v1`] : []
  const outbound = createOutbound({ allowPrivate: [], trustedBaseUrls })
  cleanups.push(server.close, outbound.close)
  return { server, outbound }
}

describe('fetch', () => {
  it('reaches a configured base URL, which stays out of reach for requests of workflows', async () => {
    const { server, outbound } = await start('trusted', (_, response) => response.end('model'))
    const answer = await outbound.fetch(`${server.url}/v1/models`)
    expect(await answer.text()).toBe('model')
    // The pool of fetch now has an open socket to that origin: it must not be lent to request.
    await expect(outbound.request({ method: 'GET', url: server.url })).rejects.toMatchObject({
      failure: { code: 'blocked_address' },
    })
  })

  it('refuses other private addresses, until they are trusted', async () => {
    const { server, outbound } = await start('unknown', (_, response) => response.end('model'))
    await expect(outbound.fetch(server.url)).rejects.toBeInstanceOf(NodeError)
    expect(await (await outbound.fetchTrusting([server.url])(server.url)).text()).toBe('model')
    await expect(outbound.fetch(server.url)).rejects.toMatchObject({ failure: { code: 'blocked_address' } })
  })

  it('keeps few pools however many allow lists come by, finishes what it is in the middle of, and serves the first again', async () => {
    const { server, outbound } = await start('unknown', (request, response) => {
      if (request.url === '/slow') {
        response.write('one')
        setTimeout(() => response.end('two'), 300)
      } else response.end('model')
    })
    const first = outbound.fetchTrusting([server.url])
    const slow = await first(`${server.url}/slow`)
    for (let port = 1; port <= 3 * mostPools; port += 1)
      await outbound
        .fetchTrusting([server.url, `http://127.0.0.1:${port}`])(server.url)
        .then((answer) => answer.text())
    expect(outbound.pools()).toBeLessThanOrEqual(mostPools)
    expect(await slow.text()).toBe('onetwo')
    expect(await (await first(server.url)).text()).toBe('model')
  })

  it('hands chunks over as they arrive and stops when aborted', async () => {
    let closed = () => {}
    const closing = new Promise<void>((done) => {
      closed = done
    })
    const { server, outbound } = await start('trusted', (_, response) => {
      response.on('close', closed).write('first')
    })
    const controller = new AbortController()
    const answer = await outbound.fetch(server.url, { signal: controller.signal })
    const reader = answer.body?.[Symbol.asyncIterator]()
    expect(Buffer.from((await reader?.next())?.value ?? []).toString()).toBe('first')
    const next = reader?.next()
    controller.abort()
    await expect(next).rejects.toMatchObject({ name: 'AbortError' })
    await closing
  })

  it('uses connections again', async () => {
    const ports = new Set<number | undefined>()
    const { server, outbound } = await start('trusted', (request, response) => {
      ports.add(request.socket.remotePort)
      response.end('x')
    })
    for (let i = 0; i < 10; i++) await (await outbound.fetch(server.url, { method: 'POST', body: '{}' })).text()
    // A next call may start a moment before the last socket is free again.
    expect(ports.size).toBeLessThanOrEqual(2)
  })

  it('uses a connection again although nobody read its answer to the end', async () => {
    const ports = new Set<number | undefined>()
    const answered: Promise<unknown>[] = []
    const { server, outbound } = await start('trusted', (request, response) => {
      ports.add(request.socket.remotePort)
      answered.push(once(response, 'close'))
      response.write('first')
      setTimeout(() => response.end('rest'), 20)
    })
    for (let i = 0; i < 4; i++) {
      for await (const _ of (await outbound.fetch(server.url)).body ?? []) break
      await answered[i]
    }
    expect(ports.size).toBeLessThanOrEqual(2)
  })

  it('gives up at once when aborted before there is a connection', async () => {
    const outbound = createOutbound({
      allowPrivate: [],
      trustedBaseUrls: ['http://model.test:1'],
      resolve: () => new Promise(() => {}),
    })
    cleanups.push(outbound.close)
    const controller = new AbortController()
    const answer = outbound.fetch('http://model.test:1', { signal: controller.signal })
    controller.abort()
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('reads an answer that was compressed unasked, whole and in pieces', async () => {
    const text = 'model '.repeat(50_000)
    const { server, outbound } = await start('trusted', (_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(text)),
    )
    expect(await (await outbound.fetch(server.url)).text()).toBe(text)
    const pieces: Uint8Array[] = []
    for await (const piece of (await outbound.fetch(server.url)).body ?? []) pieces.push(piece)
    expect(Buffer.concat(pieces).toString()).toBe(text)
  })

  it('lets a fast endpoint wait for a slow reader, and loses nothing', async () => {
    const size = 20_000_000
    let sent = 0
    const { server, outbound } = await start('trusted', async (_, response) => {
      for (; sent < size; sent += 100_000) {
        if (!response.write(Buffer.alloc(100_000, 'x'))) await once(response, 'drain')
      }
      response.end()
    })
    const reader = (await outbound.fetch(server.url)).body?.[Symbol.asyncIterator]()
    let read = 0
    let mostAhead = 0
    for (let piece = await reader?.next(); piece && !piece.done; piece = await reader?.next()) {
      read += piece.value.length
      mostAhead = Math.max(mostAhead, sent - read)
      await new Promise(setImmediate)
    }
    expect(read).toBe(size)
    expect(mostAhead).toBeLessThan(size / 2)
  })

  it('refuses a redirect, so that keys stay where they belong', async () => {
    const { server, outbound } = await start('trusted', (_, response) =>
      response.writeHead(307, { location: 'https://elsewhere.example/v1' }).end(),
    )
    await expect(outbound.fetch(server.url)).rejects.toThrow('redirects to https://elsewhere.example')
  })
})

import { randomUUID } from 'node:crypto'
import { io } from 'socket.io-client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { WireEvent } from '@/engine/run/wire'
import { livePath, type WatchAnswer } from './protocol'
import { startLiveServer, type TestSocket } from './testing/live-server'
import { memoryRuns } from './testing/memory-runs'

describe('the door of share links', () => {
  const closing: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  const start = async () => {
    const runs = memoryRuns(() => new Promise((resolve) => setImmediate(resolve)))
    const runId = randomUUID()
    const hearers = new Set<(id: string) => void>()
    const ended = new Set<string>()
    const server = await startLiveServer({
      runtime: runs,
      readEvents: runs.readEvents,
      recentRuns: async () => [],
      countInbox: () => Promise.reject(new Error('nobody has an inbox here')),
      resolveActor: async () => null,
      canSee: async () => false,
      isAllowed: (headers) => headers.origin === undefined,
      shares: {
        open: async (token, proof) =>
          token === 'locked' && proof !== 'proof'
            ? null
            : token.startsWith('no')
              ? null
              : {
                  id: token,
                  run: {
                    watch: (hear) => runs.watch(runId, hear),
                    readEvents: async (after, limit) =>
                      (await runs.readEvents(runId, after, limit)) as readonly WireEvent[],
                  },
                },
        ended: async (ids) => ids.filter((id) => ended.has(id)),
        onEnd: (hear) => void hearers.add(hear),
        lookEveryMs: 20,
      },
    })
    closing.push(server.close)
    const connect = (auth: object = {}, headers: Record<string, string> = {}, door = '/shares'): TestSocket => {
      const socket: TestSocket = io(`${server.url}${door}`, {
        path: livePath,
        transports: ['websocket'],
        auth,
        extraHeaders: headers,
        forceNew: true,
        reconnection: false,
      })
      closing.push(() => socket.close())
      return socket
    }
    const watch = (socket: TestSocket, token: string) =>
      new Promise<WatchAnswer>((resolve) => socket.emit('watch', { runId: token }, resolve))
    const endHere = (id: string) => {
      for (const hear of hearers) hear(id)
    }
    return { runs, runId, ended, connect, watch, endHere }
  }

  it('lets in who has a link and nobody is, and gives them nothing else', async () => {
    const { runs, runId, connect, watch } = await start()
    runs.append(runId, [{ type: 'note', text: 'shown' }])
    const socket = connect()
    const events: WireEvent[] = []
    socket.on('events', (message) => void events.push(...message.events))
    expect(await watch(socket, 'link')).toEqual({ ok: true })
    await vi.waitFor(() => expect(events).toMatchObject([{ type: 'note', text: 'shown' }]))
    expect(await watch(socket, 'none')).toEqual({ ok: false, code: 'not_found' })
    const refused = new Promise<string>((resolve) =>
      connect({}, {}, '/').on('connect_error', (e) => resolve(e.message)),
    )
    expect(await refused).toBe('unauthorized')
  })

  it('asks for the proof where there is a password, and keeps pages of other sites out', async () => {
    const { connect, watch } = await start()
    expect(await watch(connect(), 'locked')).toEqual({ ok: false, code: 'not_found' })
    expect(await watch(connect({ proof: 'proof' }), 'locked')).toEqual({ ok: true })
    const foreign = connect({}, { origin: 'http://evil.example' })
    await new Promise((resolve) => foreign.on('connect_error', resolve))
  })

  it('shows everybody out when a link ends here or elsewhere, and stops listening to the run', async () => {
    const { runs, runId, ended, connect, watch, endHere } = await start()
    const left: string[] = []
    for (const token of ['here', 'elsewhere']) {
      const socket = connect()
      socket.on('left', (message) => void left.push(message.runId))
      expect(await watch(socket, token)).toEqual({ ok: true })
    }
    expect(runs.watchers(runId)).toBe(2)
    endHere('here')
    ended.add('elsewhere')
    await vi.waitFor(() => expect(left).toEqual(['here', 'elsewhere']))
    expect(runs.watchers(runId)).toBe(0)
  })

  it('is not brought down by requests that are no requests, nor by one who wants everything', async () => {
    const { runs, runId, connect, watch } = await start()
    const thrown: unknown[] = []
    const note = (error: unknown) => void thrown.push(error)
    process.on('uncaughtException', note)
    closing.push(() => process.off('uncaughtException', note))
    const socket = connect()
    for (const bad of [null, 'x', [], { runId: 5 }, { runId: 'link', graph: {} }]) {
      socket.emit('watch', bad as never, () => {})
      socket.emit('unwatch', bad as never)
    }
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => watch(socket, `link${n}`)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(5)
    socket.emit('unwatch', { runId: 'link0' })
    socket.close()
    await vi.waitFor(() => expect(runs.watchers(runId)).toBe(0))
    expect(thrown).toEqual([])
  })
})

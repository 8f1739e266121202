import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Fact } from '@/engine/run/events'
import { replay } from '@/engine/run/reduce'
import { toWire } from '@/engine/run/wire'
import type { Actor } from '@/server/people/actor'
import type { LiveDeps } from './deps'
import type { InboxCounts, RunChange, WatchAnswer } from './protocol'
import {
  openSocket,
  startLiveServer,
  type TestServer,
  type TestSocket,
  type Viewer,
  viewRun,
} from './testing/live-server'
import { type MemoryRuns, memoryRuns } from './testing/memory-runs'

const actor = (workspaceId: string): Actor => ({
  workspaceId,
  userId: null,
  keyId: 'key',
  name: 'Test',
  role: 'editor',
})
const inboxOf = (count: number): InboxCounts => ({
  approvals: { count, stamp: String(count) },
  deadLetters: { count: 0, stamp: null },
})
const turnOfLoop = () => new Promise<void>((resolve) => setImmediate(resolve))
const ref = (value: string) => ({ hash: value.slice(0, 8), size: value.length + 2, inline: value })
const nodeFacts = (path: string): Fact[] => [
  { type: 'node.started', path, attempt: 1 },
  { type: 'node.completed', path, attempt: 1, output: ref(`output of ${path}`), ports: ['out'] },
]
const created: Fact[] = [{ type: 'run.created', v: 1, input: ref('tea'), trigger: 'manual' }, { type: 'run.started' }]

describe('live', () => {
  const closing: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  const start = async (
    more: Partial<LiveDeps> = {},
  ): Promise<{ runs: MemoryRuns; server: TestServer; runId: string }> => {
    const runs = memoryRuns(turnOfLoop)
    const runId = randomUUID()
    const server = await startLiveServer({
      runtime: runs,
      readEvents: runs.readEvents,
      recentRuns: async () => [],
      countInbox: async () => inboxOf(0),
      resolveActor: async (headers) => {
        const token = headers.authorization?.replace('Bearer ', '')
        return token?.startsWith('ws-') ? actor(token) : null
      },
      canSee: async (who, id) => who.workspaceId === 'ws-mine' && id === runId,
      isAllowed: (headers) => headers.origin === undefined || headers.origin === `http://${headers.host}`,
      ...more,
    })
    closing.push(server.close)
    return { runs, server, runId }
  }
  const connect = (server: TestServer, token = 'ws-mine', headers?: Record<string, string>): TestSocket => {
    const socket = openSocket(server.url, token, headers)
    closing.push(() => socket.close())
    return socket
  }

  it('every socket that stays open ends up equal to the log, whenever it came', async () => {
    const { runs, server, runId } = await start()
    runs.append(runId, created)
    const viewers: Viewer[] = []
    for (let index = 0; index < 300; index++) {
      runs.append(runId, nodeFacts(`each[${index}]/write`))
      if (index % 30 === 0) viewers.push(viewRun(connect(server), runId))
      if (index % 3 === 0) await turnOfLoop()
    }
    runs.append(runId, [{ type: 'run.completed', output: ref('done') }])

    const whole = replay(runs.log(runId).map(toWire))
    await vi.waitFor(() => {
      for (const viewer of viewers) expect(viewer.state().run.status).toBe('completed')
    })
    for (const viewer of viewers) {
      expect(viewer.state()).toEqual(whole)
      expect(viewer.repeated()).toBe(0)
    }
  })

  it('sends a long log in pages, and a viewer who has a part of it only the rest', async () => {
    const { runs, server, runId } = await start()
    runs.append(runId, [...created, ...Array.from({ length: 900 }, (_, n) => nodeFacts(`each[${n}]/write`)).flat()])
    const all = viewRun(connect(server), runId)
    const socket = connect(server)
    const seqs: number[] = []
    const take = (message: { events: readonly { seq: number }[] }) =>
      void seqs.push(...message.events.map((e) => e.seq))
    socket.on('events', take)
    socket.on('page', (message, answer) => {
      take(message)
      answer()
    })
    socket.emit('watch', { runId, after: 1_700 }, () => {})
    await vi.waitFor(() => expect(all.live() && seqs.at(-1)).toBe(1_802))
    expect(seqs).toEqual(Array.from({ length: 102 }, (_, n) => 1_701 + n))
    expect(all.state().seq).toBe(1_802)
  })

  it('never sends a whole value, only its beginning', async () => {
    const { runs, server, runId } = await start()
    const secretEnd = 'THE-END'
    runs.append(runId, [{ type: 'run.created', v: 1, input: ref(`${'x'.repeat(600)}${secretEnd}`), trigger: 'manual' }])
    const viewer = viewRun(connect(server), runId)
    await vi.waitFor(() => expect(viewer.state().seq).toBe(1))
    expect(JSON.stringify(viewer.events)).not.toContain(secretEnd)
    expect(JSON.stringify(viewer.events)).not.toContain('inline')
  })

  it('answers not_found for an unknown run and for one of somebody else', async () => {
    const { server, runId } = await start()
    const ask = (socket: TestSocket, id: string) =>
      new Promise<WatchAnswer>((resolve) => socket.emit('watch', { runId: id }, resolve))
    expect(await ask(connect(server), randomUUID())).toEqual({ ok: false, code: 'not_found' })
    expect(await ask(connect(server, 'ws-other'), runId)).toEqual({ ok: false, code: 'not_found' })
    expect(await ask(connect(server), 'no-uuid')).toEqual({ ok: false, code: 'bad_request' })
  })

  it('lets nobody in without a session or key, or from another site', async () => {
    const { server } = await start()
    const refusal = (socket: TestSocket) =>
      new Promise<string>((resolve) => socket.on('connect_error', (e) => resolve(e.message)))
    expect(await refusal(connect(server, 'nobody'))).toBe('unauthorized')
    expect(await refusal(connect(server, 'ws-mine', { origin: 'http://evil.example' }))).toContain('websocket error')
  })

  it('leaves a run when the right to see it is gone and closes when the session is', async () => {
    const gone = { session: false, right: false }
    const { runs, server, runId } = await start({
      resolveActor: async () => (gone.session ? null : actor('ws-mine')),
      canSee: async () => !gone.right,
    })
    runs.append(runId, created)
    const socket = connect(server)
    const viewer = viewRun(socket, runId)
    await vi.waitFor(() => expect(viewer.live()).toBe(true))

    const left = new Promise<{ runId: string }>((resolve) => socket.on('left', resolve))
    gone.right = true
    await server.live.recheck()
    expect(await left).toEqual({ runId })
    expect(runs.watchers(runId)).toBe(0)

    const closed = new Promise<string>((resolve) => socket.on('disconnect', resolve))
    gone.session = true
    await server.live.recheck()
    expect(await closed).toBe('io server disconnect')
  })

  it('stops listening when the last viewer has gone', async () => {
    const { runs, server, runId } = await start()
    const first = connect(server)
    const second = connect(server)
    const viewers = [viewRun(first, runId), viewRun(second, runId)]
    await vi.waitFor(() => expect(viewers.every((viewer) => viewer.live())).toBe(true))
    expect(runs.watchers(runId)).toBe(1)
    first.emit('unwatch', { runId })
    second.close()
    await vi.waitFor(() => expect(runs.watchers(runId)).toBe(0))
  })

  it('is not brought down by requests that are no requests', async () => {
    const { runs, server, runId } = await start()
    const thrown: unknown[] = []
    const note = (error: unknown) => void thrown.push(error)
    process.on('uncaughtException', note)
    closing.push(() => process.off('uncaughtException', note))
    const socket = connect(server)
    const viewer = viewRun(socket, runId)
    await vi.waitFor(() => expect(viewer.live()).toBe(true))
    for (const bad of [null, 'x', [], { runId: { toString: 1, valueOf: 1 } }, { runId: null }]) {
      socket.emit('unwatch', bad as unknown as { runId: string })
      socket.emit('watch', bad as unknown as { runId: string }, () => {})
    }
    socket.emit('unwatch', { runId })
    await vi.waitFor(() => expect(runs.watchers(runId)).toBe(0))
    expect(thrown).toEqual([])
  })

  it('drops no event for a viewer who stops reading: the connection is cut and the rest comes after the next one', async () => {
    const { runs, server, runId } = await start()
    runs.append(runId, created)
    const socket = connect(server)
    const viewer = viewRun(socket, runId)
    await vi.waitFor(() => expect(viewer.live()).toBe(true))

    const wire = rawSocketOf(socket)
    wire.pause()
    let isCut = false
    socket.on('disconnect', () => {
      isCut = true
    })
    for (let index = 0; runs.watchers(runId) > 0 && index < 20_000; index++) {
      runs.append(runId, [{ type: 'note', text: `${index} ${'words '.repeat(800)}` }])
      await turnOfLoop()
    }
    expect(runs.watchers(runId)).toBe(0)
    wire.resume()
    runs.append(runId, [{ type: 'run.completed', output: ref('done') }])
    await vi.waitFor(() => expect(viewer.state().run.status).toBe('completed'), { timeout: 20_000 })
    expect(isCut).toBe(true)
    expect(viewer.repeated()).toBe(0)
  })

  it('gathers words for 40 ms, and gives a late viewer those that were said before', async () => {
    const { runs, server, runId } = await start()
    runs.append(runId, created)
    const texts = ['', '']
    const messages = [0, 0]
    const join = async (index: number) => {
      const socket = connect(server)
      const viewer = viewRun(socket, runId)
      socket.on('delta', ({ offset, text }) => {
        texts[index] = (texts[index] ?? '').slice(0, offset) + text
        messages[index] = (messages[index] ?? 0) + 1
      })
      await vi.waitFor(() => expect(viewer.live()).toBe(true))
    }
    const words = Array.from({ length: 200 }, (_, n) => `word${n} `)
    let offset = 0
    const say = (text: string) => {
      runs.say({ type: 'delta', runId, path: 'write', step: 'm1', attempt: 1, offset, text })
      offset += text.length
    }
    await join(0)
    const began = performance.now()
    for (const word of words.slice(0, 150)) {
      say(word)
      await turnOfLoop()
    }
    await join(1)
    for (const word of words.slice(150)) say(word)
    await vi.waitFor(() => expect(texts).toEqual([words.join(''), words.join('')]))
    const mostTicks = (performance.now() - began) / 40 + 2
    expect(messages[0]).toBeLessThan(mostTicks)
    expect(messages[0]).toBeGreaterThan(0)
  })

  it('tells a list which runs of the workspace changed, and nothing else', async () => {
    const run = (id: string, status: RunChange['status']): RunChange => ({
      id,
      workflowId: null,
      status,
      startedAt: 1,
      finishedAt: null,
      usage: null,
    })
    let looks = 0
    let runs = [run('b', 'running'), run('a', 'completed')]
    const { server } = await start({
      runListEveryMs: 5,
      recentRuns: async (workspaceId) => {
        expect(workspaceId).toBe('ws-mine')
        looks++
        return runs
      },
    })
    const socket = connect(server)
    const heard: RunChange[] = []
    socket.on('run', (change) => void heard.push(change))
    socket.emit('watchRuns')
    await vi.waitFor(() => expect(looks).toBeGreaterThan(1))
    runs = [run('c', 'queued'), run('b', 'failed'), run('a', 'completed')]
    await vi.waitFor(() =>
      expect(heard.map(({ id, status }) => [id, status])).toEqual([
        ['b', 'failed'],
        ['c', 'queued'],
      ]),
    )
    socket.emit('unwatchRuns')
    const stopped = () => {
      const before = looks
      return new Promise<boolean>((resolve) => setTimeout(() => resolve(looks === before), 30))
    }
    await vi.waitFor(async () => expect(await stopped()).toBe(true))
  })

  it('tells everybody how much waits for a person: whoever comes later at once, all when it changes', async () => {
    let count = 3
    const { server } = await start({
      runListEveryMs: 5,
      countInbox: async (workspaceId) => inboxOf(workspaceId === 'ws-mine' ? count : 77),
    })
    const hear = () => {
      const heard: number[] = []
      const socket = connect(server)
      socket.on('inbox', ({ approvals }) => void heard.push(approvals.count))
      socket.emit('watchInbox')
      return heard
    }
    const first = hear()
    await vi.waitFor(() => expect(first).toEqual([3]))
    const second = hear()
    await vi.waitFor(() => expect(second).toEqual([3]))
    count = 4
    await vi.waitFor(() =>
      expect([first, second]).toEqual([
        [3, 4],
        [3, 4],
      ]),
    )
  })
})

/** The TCP socket below a test client: pausing it is what a browser tab does that can't keep up. */
function rawSocketOf(socket: TestSocket): { pause: () => void; resume: () => void } {
  const engine: unknown = socket.io.engine.transport
  return (engine as { ws: { _socket: { pause: () => void; resume: () => void } } }).ws._socket
}

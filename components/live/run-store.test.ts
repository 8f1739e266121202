import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Fact } from '@/engine/run/events'
import { replay } from '@/engine/run/reduce'
import { toWire, type WireEvent } from '@/engine/run/wire'
import { openSocket, startLiveServer } from '@/server/live/testing/live-server'
import { type MemoryRuns, memoryRuns } from '@/server/live/testing/memory-runs'
import { createRunStore, newOnly, type RunStore } from './run-store'

const ref = (value: string) => ({ hash: value, size: value.length + 2, inline: value })
const created: Fact[] = [
  { type: 'run.created', v: 1, input: ref('tea'), trigger: 'manual' },
  { type: 'run.started' },
  { type: 'node.started', path: 'write', attempt: 1 },
]
const stepDone: Fact = {
  type: 'step.completed',
  path: 'write',
  step: 'm1',
  kind: 'model',
  result: ref('x'),
  startedAt: 1,
}
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('the view of a run', () => {
  const closing: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  const start = async () => {
    const runId = randomUUID()
    const runs: MemoryRuns = memoryRuns(nextTurn)
    const server = await startLiveServer({
      runtime: runs,
      readEvents: runs.readEvents,
      recentRuns: async () => [],
      countInbox: async () => ({ approvals: { count: 0, stamp: null }, deadLetters: { count: 0, stamp: null } }),
      resolveActor: async () => ({ workspaceId: 'w', userId: null, keyId: null, name: 'Test', role: 'viewer' }),
      canSee: async (_actor, id) => id === runId,
      isAllowed: () => true,
    })
    const socket = openSocket(server.url, 'token')
    closing.push(server.close, () => socket.close())
    const open = (id = runId): RunStore => {
      const store = createRunStore({ runId: id, socket, nextFrame: (draw) => setTimeout(draw, 2) })
      closing.push(store.open())
      return store
    }
    return { runs, runId, server, socket, open }
  }

  it('is equal to the fold of the log, also after the connection was lost in the middle', async () => {
    const { runs, runId, socket, open } = await start()
    runs.append(runId, created)
    const store = open()
    const seen = new Set<string>()
    store.subscribe(({ connection }) => seen.add(connection))
    await vi.waitFor(() => expect(store.getState().phase).toBe('ready'))

    socket.io.engine.close()
    for (let index = 0; index < 40; index++) runs.append(runId, [{ type: 'note', text: `said ${index}` }])
    await vi.waitFor(() => expect(store.getState().state.seq).toBe(43))
    const events = runs.log(runId).map(toWire)
    expect(store.getState().state).toEqual(replay(events))
    expect(store.getState().events).toEqual(events)
    expect([...seen]).toEqual(expect.arrayContaining(['reconnecting', 'live']))
  })

  it('shows words while they come and forgets them when the step is recorded', async () => {
    const { runs, runId, open } = await start()
    runs.append(runId, created)
    const store = open()
    await vi.waitFor(() => expect(store.getState().phase).toBe('ready'))
    const say = (offset: number, text: string, attempt = 1) =>
      runs.say({ type: 'delta', runId, path: 'write', step: 'm1', attempt, offset, text })
    const words = () => [...store.getState().streams.values()].map((stream) => stream.text)

    say(0, 'Once ')
    say(5, 'upon')
    await vi.waitFor(() => expect(words()).toEqual(['Once upon']))
    say(0, 'Again', 2)
    await vi.waitFor(() => expect(words()).toEqual(['Again']))
    runs.append(runId, [stepDone])
    await vi.waitFor(() => expect(words()).toEqual([]))
  })

  it('goes on hearing a run when another place of the page stops looking at it', async () => {
    const { runs, runId, socket, open } = await start()
    runs.append(runId, created)
    const store = open()
    await vi.waitFor(() => expect(store.getState().phase).toBe('ready'))
    const other = createRunStore({ runId, socket, nextFrame: (draw) => setTimeout(draw, 2) })
    const close = other.open()
    await vi.waitFor(() => expect(other.getState().phase).toBe('ready'))
    close()
    // A message that is answered: by then the server has heard that the other place left.
    await new Promise((resolve) => socket.emit('watch', { runId: randomUUID(), after: 0 }, resolve))
    runs.append(runId, [stepDone])
    await vi.waitFor(() => expect(store.getState().state.seq).toBe(4))
  })

  it('holds each event once, also when it was asked for twice before anything was drawn', () => {
    const told = [1, 2, 3, 1, 2, 3, 4, 3].map((seq) => ({ ...created[1], seq, at: seq }) as WireEvent)
    expect(newOnly(told, 0).map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
    expect(newOnly(told, 2).map(({ seq }) => seq)).toEqual([3, 4])
  })

  it('draws once per frame however many messages come', async () => {
    const { runs, runId, open } = await start()
    runs.append(runId, created)
    const store = open()
    await vi.waitFor(() => expect(store.getState().phase).toBe('ready'))
    let drawn = 0
    store.subscribe(() => drawn++)
    for (let index = 0; index < 500; index++) runs.append(runId, [{ type: 'note', text: 'x' }])
    await vi.waitFor(() => expect(store.getState().state.seq).toBe(503))
    expect(drawn).toBeLessThan(100)
  })

  it('says that a run is gone when it does not exist or may not be seen', async () => {
    const { open } = await start()
    const store = open(randomUUID())
    await vi.waitFor(() => expect(store.getState().phase).toBe('gone'))
  })
})

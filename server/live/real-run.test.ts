import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { hearDelta, type Stream } from '@/engine/run/delta'
import { replay } from '@/engine/run/reduce'
import { toWire } from '@/engine/run/wire'
import { countInbox } from '@/server/approvals/count-inbox'
import { canSeeRun } from '@/server/runs/can-see-run'
import { readEvents } from '@/server/runs/read-events'
import { recentRuns } from '@/server/runs/recent-runs'
import { openPlace, type Place } from '@/server/runtime/testing/place'
import {
  openSocket,
  startLiveServer,
  type TestServer,
  type TestSocket,
  type Viewer,
  viewRun,
} from './testing/live-server'

const graph = {
  baton: 1,
  name: 'Many at once',
  nodes: [
    { id: 'start', kind: 'input', config: { fields: [] } },
    { id: 'each', kind: 'map', config: { items: '[1,2,3,4,5,6,7,8]', concurrency: 3 } },
    { id: 'twice', kind: 'transform', parent: 'each', config: { template: '{{ item }}{{ item }}' } },
    { id: 'write', kind: 'agent', parent: 'each', config: { prompt: 'Write about {{ twice }}' } },
    { id: 'sum', kind: 'agent', config: { prompt: 'Sum up: {{ each }}' } },
    { id: 'done', kind: 'output', config: { value: '{{ sum.text }}' } },
  ],
  edges: [
    { source: 'start', target: 'each' },
    { source: 'twice', target: 'write' },
    { source: 'each', target: 'sum' },
    { source: 'sum', target: 'done' },
  ],
}

describe('a real run over real sockets', () => {
  let place: Place
  let server: TestServer
  const sockets: TestSocket[] = []

  beforeAll(async () => {
    place = await openPlace({ simulatedPace: 0.3 })
    const { deps, runtime } = place
    server = await startLiveServer({
      runtime,
      readEvents: (runId, after, limit) => readEvents(deps, runId, after, limit),
      recentRuns: (workspaceId) => recentRuns(deps, workspaceId),
      countInbox: (workspaceId) => countInbox(deps, workspaceId),
      resolveActor: async ({ authorization }) => ({
        workspaceId: authorization === 'Bearer mine' ? place.workspaceId : crypto.randomUUID(),
        userId: null,
        keyId: null,
        name: 'Test',
        role: 'viewer',
      }),
      canSee: (actor, runId) => canSeeRun(deps, actor, runId),
      isAllowed: () => true,
      runListEveryMs: 20,
    })
  })
  afterAll(async () => {
    for (const socket of sockets) socket.close()
    await server?.close()
    await place?.close()
  })
  const connect = (token = 'mine') => {
    const socket = openSocket(server.url, token)
    sockets.push(socket)
    return socket
  }

  it('shows every viewer the same as the database, whenever they came, and the words before they are recorded', async () => {
    const answer = await place.runtime.start(await place.request(graph, {}, { attended: false }))
    if (answer.type !== 'started') throw new Error(answer.type)
    const { runId } = answer
    let isOver = false
    void answer.settled.then(() => {
      isOver = true
    })

    const streams = new Map<string, Stream>()
    const first = connect()
    first.on('delta', (delta) => {
      const key = `${delta.path} ${delta.step}`
      streams.set(key, hearDelta(streams.get(key), delta))
    })
    const viewers: Viewer[] = [viewRun(first, runId)]
    while (!isOver) {
      const viewer = viewRun(connect(), runId)
      viewers.push(viewer)
      await vi.waitFor(() => expect(viewer.live()).toBe(true))
    }

    const log = await readEvents(place.deps, runId, 0, 10_000)
    const whole = replay(log.map(toWire))
    expect(whole.run.status).toBe('completed')
    expect(viewers.length).toBeGreaterThan(3)
    for (const viewer of viewers) {
      await vi.waitFor(() => expect(viewer.state().seq).toBe(log.length))
      expect(viewer.state()).toEqual(whole)
      expect(viewer.repeated()).toBe(0)
    }

    const said = streams.get('sum m1')
    const sum = log.find((event) => event.type === 'step.completed' && event.path === 'sum')
    expect(said?.text.length).toBeGreaterThan(10)
    expect(JSON.stringify(sum)).toContain(JSON.stringify(said?.text).slice(1, -1))
  })

  it('answers not_found to another workspace', async () => {
    const runId = await place.run(graph)
    const refused = await new Promise((resolve) => connect('foreign').emit('watch', { runId }, resolve))
    expect(refused).toEqual({ ok: false, code: 'not_found' })
  })

  it('tells the list of runs about a run that starts and ends', async () => {
    const socket = connect()
    const heard: string[] = []
    socket.on('run', ({ status }) => void heard.push(status))
    socket.emit('watchRuns')
    await vi.waitFor(async () => {
      await place.run({ ...graph, nodes: graph.nodes.slice(0, 1), edges: [] })
      expect(heard).toContain('completed')
    }, 10_000)
  })
})

import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Api, type Event, makeKey, openApi } from './testing/api'
import { type RunningBaton, startBaton } from './testing/baton'
import { number, word } from './testing/chance'
import { chainOf, field, graphOf, inputOf, node, outputOf } from './testing/graph'
import { connectModel, type Endpoint, modelOf } from './testing/models'

type Delta = { path: string; step: string; attempt: number; offset: number; text: string }

let baton: RunningBaton
let api: Api
let model: Endpoint
const open: Socket[] = []
beforeAll(async () => {
  baton = await startBaton()
  api = await openApi(baton)
  model = await connectModel(api)
})
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect()
})
afterAll(async () => {
  await baton?.stop()
  await model?.close()
})

function connect(token = api.key, headers: Record<string, string> = {}): Socket {
  const socket = io(baton.origin, {
    path: '/api/live',
    transports: ['websocket'],
    auth: { token },
    extraHeaders: headers,
    forceNew: true,
    reconnection: false,
  })
  open.push(socket)
  return socket
}

/** Watches a run as a program would, from this seq on. */
async function watch(socket: Socket, runId: string, after = 0) {
  const events: Event[] = []
  const deltas: Delta[] = []
  const take = (message: { runId: string; events: Event[] }) =>
    void (message.runId === runId && events.push(...message.events))
  socket.on('events', take)
  socket.on('page', (message, answer: () => void) => {
    take(message)
    answer()
  })
  socket.on('delta', (delta: Delta & { runId: string }) => void (delta.runId === runId && deltas.push(delta)))
  const answer = await socket.timeout(10_000).emitWithAck('watch', { runId, after })
  const isOver = () => /^run\.(completed|failed|cancelled)$/.test(events.at(-1)?.type ?? '')
  return { answer, events, deltas, untilOver: () => expect.poll(isOver, { timeout: 20_000, interval: 20 }).toBe(true) }
}

const seqs = (events: Event[]) => events.map(({ seq }) => seq)
const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, index) => index + from)
const kinds = (events: Event[]) => events.map(({ type, path }) => `${type} ${path ?? ''}`)

const wide = graphOf(
  [
    inputOf(field('n', 'number')),
    node('make', 'code', { source: 'return Array.from({length: input.n}, (_, i) => i)' }),
    node('each', 'map', { items: 'make', concurrency: 20 }),
    node('one', 'code', { source: 'return 1' }, { parent: 'each' }),
    outputOf('{{ each }}'),
  ],
  ['start make each done'],
)
const asking = graphOf(
  [inputOf(), node('gate', 'approval', { title: 'Go on?' }), outputOf('{{ gate.comment }}')],
  ['start gate', 'gate:approved done'],
)

describe('whoever watches a run', () => {
  it.each([4, 700])('is sent what was and what comes, each event once and in order (map over %i items)', async (n) => {
    const id = await api.begin(wide, { input: { n } })
    const [early, late] = [await watch(connect(), id), await watch(connect(), id, 3)]
    expect([early.answer, late.answer]).toEqual([{ ok: true }, { ok: true }])
    await early.untilOver()
    await late.untilOver()
    const log = await api.events(id)
    expect(seqs(early.events)).toEqual(upTo(log.length))
    expect(seqs(late.events)).toEqual(upTo(log.length - 3, 4))
    expect(kinds(early.events)).toEqual(kinds(log))
    const after = await watch(connect(), id)
    await after.untilOver()
    expect(seqs(after.events)).toEqual(upTo(log.length))
  })

  it('hears a decision that somebody else takes, at once', async () => {
    const { id } = await api.run(asking)
    const watcher = await watch(connect(), id)
    const began = performance.now()
    await api.post(`/runs/${id}/approvals/gate`, { decision: 'approved', comment: word() })
    await watcher.untilOver()
    expect(performance.now() - began).toBeLessThan(2_000)
  })

  it.each([5, 80])('sees %i words while they are said, and afterwards the fact', async (tokens) => {
    model.script(() => ({ kind: 'tokens', tokens, firstTokenMs: 50, perTokenMs: 10 }))
    const write = node('write', 'agent', { model: modelOf(model), prompt: 'x' })
    const gate = node('gate', 'approval', { title: 'Shall I?' })
    const graph = graphOf(
      [inputOf(), gate, write, outputOf('{{ write.text }}')],
      ['start gate', 'gate:approved write', 'write done'],
    )
    const { id } = await api.run(graph)
    const watcher = await watch(connect(), id)
    await api.post(`/runs/${id}/approvals/gate`, { decision: 'approved' })
    await watcher.untilOver()
    expect(model.requests.at(-1)?.body.stream).toBe(true)
    const said = watcher.deltas.map(({ text }) => text).join('')
    const { output } = await api.untilStatus(id, 'completed')
    expect(output).toBe('word '.repeat(tokens))
    expect(said.length).toBeGreaterThan(0)
    expect(String(output).startsWith(said)).toBe(true)
    let offset = 0
    for (const delta of watcher.deltas) {
      expect(delta).toMatchObject({ path: 'write', step: 'm1', offset })
      offset += delta.text.length
    }
  })

  it('costs a model no stream when nobody is there', async () => {
    model.script(() => ({ kind: 'text', text: 'quiet' }))
    await api.run(
      chainOf(inputOf(), node('write', 'agent', { model: modelOf(model), prompt: 'x' }), outputOf('{{ write.text }}')),
    )
    expect(model.requests.at(-1)?.body.stream ?? false).toBe(false)
  })

  it('is sent no values, only their beginnings', async () => {
    const big = word().repeat(number(200, 300))
    const id = await api.begin(
      chainOf(
        inputOf(field('big')),
        node('same', 'transform', { template: '{{ start.big }}' }),
        outputOf('{{ same }}'),
      ),
      { input: { big } },
    )
    const watcher = await watch(connect(), id)
    await watcher.untilOver()
    const heard = JSON.stringify(watcher.events)
    expect(heard).toContain(big.slice(0, 100))
    expect(heard).not.toContain(big.slice(0, 600))
    expect(heard).not.toContain('"inline"')
  })

  it.each([2, 40])('is one of %i, and all end with the same log', async (count) => {
    const id = await api.begin(wide, { input: { n: 60 } })
    const watchers = await Promise.all(Array.from({ length: count }, () => watch(connect(), id)))
    for (const watcher of watchers) await watcher.untilOver()
    const log = await api.events(id)
    for (const { events } of watchers) expect(kinds(events)).toEqual(kinds(log))
  })
})

describe('a socket', () => {
  const failure = (socket: Socket) =>
    new Promise<string>((resolve) => {
      socket.on('connect_error', (error) => resolve(error.message))
      socket.on('connect', () => resolve('connected'))
    })

  it('opens only with a key or session, under our own name and from our own pages', async () => {
    expect(await failure(connect())).toBe('connected')
    for (const token of ['', `${api.key}x`, word()]) expect(await failure(connect(token))).toBe('unauthorized')
    for (const headers of [{ origin: 'https://evil.example' }, { host: 'evil.example' }] as Record<string, string>[])
      expect(await failure(connect(api.key, headers))).not.toBe('connected')
    expect(await failure(connect(api.key, { origin: baton.origin }))).toBe('connected')
  })

  it('learns nothing of a run that is not there, and is told when it asks nonsense', async () => {
    const socket = connect()
    expect((await watch(socket, crypto.randomUUID())).answer).toEqual({ ok: false, code: 'not_found' })
    for (const asked of [
      {},
      { runId: 'x' },
      null,
      { runId: crypto.randomUUID(), after: -1 },
      { runId: crypto.randomUUID(), more: 1 },
    ])
      expect(await socket.timeout(5_000).emitWithAck('watch', asked)).toEqual({ ok: false, code: 'bad_request' })
    expect(socket.connected).toBe(true)
  })

  it('is closed when its key is revoked', async () => {
    const key = await makeKey(baton.settings, 'viewer')
    const socket = connect(key)
    await failure(socket)
    const { items } = await api.get<{ items: { id: string; prefix: string }[] }>('/keys?limit=100')
    const own = items.find(({ prefix }) => key.startsWith(prefix))
    expect((await api.ask('DELETE', `/keys/${own?.id}`)).status).toBe(204)
    await expect.poll(() => socket.connected, { timeout: 10_000 }).toBe(false)
  })

  it('hears how the runs of the workspace change', async () => {
    const socket = connect()
    await failure(socket)
    const changes: { id: string; status: string }[] = []
    socket.on('run', (change) => changes.push(change))
    socket.emit('watchRuns')
    const { id } = await api.run(asking)
    await expect.poll(() => changes.filter((one) => one.id === id).at(-1)?.status, { timeout: 10_000 }).toBe('waiting')
    await api.post(`/runs/${id}/cancel`)
    await expect
      .poll(() => changes.filter((one) => one.id === id).at(-1)?.status, { timeout: 10_000 })
      .toBe('cancelled')
  })
})

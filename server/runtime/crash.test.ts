import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ModelServer, startModelServer } from '@/server/models/testing/model-server'
import { type LocalServer, listenLocally } from '@/server/outbound/testing/local-server'
import { outputOf } from './testing/check-log'
import { answering, crashGraphs } from './testing/crash-graphs'
import { crashAt, openSlot, pointsOf, type Slot, type World } from './testing/crash-slot'
import { type Bundle, buildWorker } from './testing/worker'

const mostPoints = process.env.BATON_TEST_LONG === '1' ? Number.POSITIVE_INFINITY : 60
const atATime = 3

let bundle: Bundle
let models: ModelServer
let sink: LocalServer
let slots: Slot[]
const world = (name: keyof typeof crashGraphs): World => ({
  bundle,
  modelUrl: models.url,
  sinkHost: sink.host,
  graph: crashGraphs[name](sink.url),
})

beforeAll(async () => {
  bundle = await buildWorker()
  sink = await listenLocally((_request, response) => response.end('{}'))
  models = await startModelServer({ keep: 1_000_000, script: answering(sink.url) })
  const any = world('team')
  slots = await Promise.all(Array.from({ length: atATime }, () => openSlot(any)))
})
afterAll(async () => {
  await Promise.all(slots.map((slot) => slot.close()))
  await models.close()
  sink.close()
  bundle.remove()
})

/** All of them, or an even spread. */
function spread(count: number): number[] {
  const points = Array.from({ length: count }, (_, index) => index + 1)
  if (count <= mostPoints) return points
  return Array.from({ length: mostPoints }, (_, index) => 1 + Math.floor((index * count) / mostPoints))
}

/** The usage of a recorded call tells which request it was: no later one may have the same key. */
function checkCalls({ runId, events }: Awaited<ReturnType<typeof crashAt>>): void {
  const last = new Map<string, number>()
  models.requests.forEach(({ headers }, n) => {
    const key = headers['idempotency-key'] ?? ''
    if (key.startsWith(runId)) last.set(key, n + 1)
  })
  for (const event of events) {
    if (event.type !== 'step.completed' || event.kind !== 'model') continue
    const key = `${runId}:${event.path}:${event.step}`
    if (event.usage?.inputTokens === 10) continue // a call of tools, whose usage the server does not let us choose
    expect(last.get(key), `the last request with ${key} is the recorded one`).toBe(event.usage?.inputTokens)
    last.delete(key)
  }
}

describe.each(Object.keys(crashGraphs) as (keyof typeof crashGraphs)[])('kill -9 in the graph "%s"', (name) => {
  it('at any point of it loses nothing and repeats nothing that was recorded', { timeout: 600_000 }, async () => {
    const [first] = slots
    if (!first) throw new Error('no slot')
    const undisturbed = await crashAt(first, world(name), 0)
    const points = pointsOf(undisturbed)
    const expected = outputOf(undisturbed.state)
    expect(undisturbed.state.run.status).toBe('completed')
    checkCalls(undisturbed)

    const todo = spread(points.length)
    const deaths: number[] = []
    await Promise.all(
      slots.map(async (slot) => {
        for (let n = todo.shift(); n !== undefined; n = todo.shift()) {
          const crashed = await crashAt(slot, world(name), n)
          if (crashed.died) deaths.push(n)
          expect(outputOf(crashed.state), `killed at point ${n}, ${points[n - 1]}`).toEqual(expected)
          checkCalls(crashed)
        }
      }),
    )
    // Appends that fall together differently pass some points fewer: the last ones may find nobody left to kill.
    expect(deaths.length).toBeGreaterThan(spread(points.length).length * 0.75)
  })
})

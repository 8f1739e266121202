import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Graph } from '@/engine/graph/schema'
import type { Json } from '@/engine/json'
import { arbitraryRunGraph } from '@/engine/testing/arbitrary-run-graph'
import { buildGraph } from '@/engine/testing/build-graph'
import { planOf } from '@/engine/testing/open-run'
import { seededRandom } from '@/engine/testing/random'
import { specs } from '@/nodes/registry/specs'
import { checkCopies, checkSchedules } from './check-folds'
import { checkLog } from './check-log'
import { examples } from './examples'
import { type Simulated, simulate } from './simulate'
import { canonical, valueAt } from './values'
import { type Faults, noFaults } from './world'

/*
 * Every run of the suite takes a fresh seed and prints it. To see a failure again:
 *   SIMULATION_SEED=<seed> vitest run nodes/testing/simulation
 * A shrunk counterexample belongs into examples.ts, where it is tried first for ever. LONG=1 tries twenty times as many.
 */
const seed = Number(process.env.SIMULATION_SEED ?? Date.now() % 1_000_000_000)
const times = process.env.LONG === '1' ? 20 : 1
const limit = { seed, endOnFailure: false, interruptAfterTimeLimit: times * 120_000, markInterruptAsFailure: true }
const patience = times * 150_000

const chance = fc.constantFrom(0, 0.3, 0.9)
const anyFaults: fc.Arbitrary<Faults> = fc.record({
  crashes: chance,
  zombies: chance,
  persons: chance,
  cancels: chance,
  retries: chance,
  silent: fc.boolean(),
  mostDeaths: fc.nat(6),
})

const outputOf = ({ store, state }: Simulated): Json =>
  state.run.status === 'completed' ? valueAt(store.values, state.run.output) : state.run.status

describe(`simulated runs (SIMULATION_SEED=${seed})`, () => {
  it('break no rule and end, whatever goes wrong in 1,000 random graphs', { timeout: patience }, async () => {
    const outcomes = new Map<string, number>()
    const started = performance.now()
    let events = 0
    let refused = 0
    const property = fc.asyncProperty(
      arbitraryRunGraph({ calm: false }),
      fc.nat(),
      anyFaults,
      async (graph, chance, faults) => {
        const plan = planOf(graph, specs)
        const { store, state } = await simulate(plan, chance, faults)
        checkLog(plan, store.log)
        checkSchedules(plan, store.log)
        checkCopies(store.log, seededRandom(chance))
        outcomes.set(state.run.status, (outcomes.get(state.run.status) ?? 0) + 1)
        events += store.log.length
        refused += store.refused
      },
    )
    await fc.assert(property, { ...limit, numRuns: 1_000 * times, examples })
    const seconds = Math.round(performance.now() - started) / 1_000
    console.info(
      `${events} events, ${refused} appends refused, ${JSON.stringify(Object.fromEntries(outcomes))}, ${seconds} s, seed ${seed}`,
    )
    expect(refused).toBeGreaterThan(50)
    for (const status of ['completed', 'failed', 'cancelled']) expect(outcomes.get(status)).toBeGreaterThan(20)
  })

  it('give the same output as an undisturbed run when they are calm by nature', { timeout: patience }, async () => {
    const faults = fc.record({ crashes: chance, zombies: chance, persons: chance, mostDeaths: fc.nat(2) })
    const property = fc.asyncProperty(
      arbitraryRunGraph({ calm: true }),
      fc.nat(),
      faults,
      async (graph, chance, some) => {
        const plan = planOf(graph, specs)
        const quiet = await simulate(plan, 0, noFaults)
        const disturbed = await simulate(plan, chance, { ...noFaults, ...some })
        expect(canonical(outputOf(disturbed))).toBe(canonical(outputOf(quiet)))
      },
    )
    await fc.assert(property, { ...limit, numRuns: 300 * times })
  })
})

const agent = (id: string, more: object = {}) => {
  return { id, kind: 'agent', config: { instructions: 'steps=2 fails=0' }, ...more }
}
const run = (graph: Graph, faults: Partial<Faults> = {}) =>
  simulate(planOf(graph, specs), seed, { ...noFaults, ...faults })

describe('parallel work', () => {
  it('overlaps in time', async () => {
    const { store } = await run(buildGraph(['a', 'b', 'c'].map((id) => agent(id))))
    const types = store.log.filter(({ type }) => type === 'node.started' || type === 'node.completed')
    expect(types.slice(0, 3).map(({ type }) => type)).toEqual(['node.started', 'node.started', 'node.started'])
  })

  it('keeps the order of 1,000 items, of which never more than 50 are at work', { timeout: 60_000 }, async () => {
    const items = JSON.stringify(Array.from({ length: 1_000 }, (_, index) => index))
    const map = { id: 'each', kind: 'map', config: { items, concurrency: 50 } }
    const end = { id: 'end', kind: 'output' }
    const done = await run(buildGraph([map, agent('a', { parent: 'each' }), end], ['each -> end']), { crashes: 0.9 })
    const output = outputOf(done) as { text: string }[]
    expect(output.map(({ text }) => text.split(' ')[0])).toEqual(output.map((_, index) => `each[${index}]/a`))
    expect(output).toHaveLength(1_000)
    const atWork = new Set<string>()
    let most = 0
    for (const event of done.store.log) {
      if (event.type === 'node.started' && event.path !== 'each') atWork.add(event.path)
      if (event.type === 'node.completed') atWork.delete(event.path)
      most = Math.max(most, atWork.size)
    }
    expect(most).toBe(50)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '@/engine/plan/compile'
import { arbitraryRunGraph } from '@/engine/testing/arbitrary-run-graph'
import { seededRandom } from '@/engine/testing/random'
import { specs } from '@/nodes/registry/specs'
import { checkCopies, checkSchedules } from './check-folds'
import { checkLog } from './check-log'
import { simulate } from './simulate'
import { noFaults, type Faults } from './world'

const chance = fc.constantFrom(0, 0.3, 0.9)
const faults: fc.Arbitrary<Faults> = fc.record({ crashes: chance, zombies: chance, persons: chance, cancels: chance, retries: chance, silent: fc.boolean(), mostDeaths: fc.nat(6) })
describe('simulation', () => {
  it('finishes', async () => {
    const t = performance.now()
    const stat: Record<string, number> = {}
    let events = 0
    await fc.assert(fc.asyncProperty(arbitraryRunGraph({ calm: false }), fc.nat(), faults, async (graph, seed, faults) => {
      const compiled = compile(graph, specs)
      if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems))
      const done = await simulate(compiled.plan, seed, faults)
      const s = done.state.run.status
      stat[s] = (stat[s] ?? 0) + 1
      events += done.store.log.length
      checkLog(compiled.plan, done.store.log)
      checkSchedules(compiled.plan, done.store.log, new Set(done.store.appends))
      checkCopies(done.store.log, seededRandom(seed))
    }), { numRuns: Number(process.env.RUNS ?? 300), ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}) })
    console.log(performance.now() - t, stat, events)
  }, 120000)
})

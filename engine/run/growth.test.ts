import { describe, expect, it } from 'vitest'
import type { Graph } from '@/engine/graph/schema'
import type { Plan } from '@/engine/plan/plan'
import { buildChain, buildGraph } from '@/engine/testing/build-graph'
import { planOf, refTo } from '@/engine/testing/open-run'
import { specs } from '@/nodes/registry/specs'
import { buildSchedule } from './build-schedule'
import { decide } from './decide'
import type { Fact } from './events'
import { followFact } from './follow'
import { newRun, reduce } from './reduce'
import { newSchedule } from './schedule'

const output = refTo(null)

/** Folds and decides a whole run in which every node answers at once. */
function runThrough(plan: Plan) {
  const state = newRun()
  let schedule = newSchedule(plan)
  const write = (facts: readonly Fact[]) => {
    for (const fact of facts) {
      reduce(state, { ...fact, seq: state.seq + 1, at: 1 })
      schedule = followFact(schedule, state, fact)
    }
  }
  write([{ type: 'run.created', v: 1, input: output, trigger: 'api' }, { type: 'run.started' }])
  for (;;) {
    const { facts, commands } = decide(schedule, state, 1)
    if (facts.length + commands.length === 0) return state
    write(facts)
    for (const command of commands) {
      if (command.type === 'finish') write([{ type: 'run.completed', output }])
      else write(answerTo(command.instance.key, state.openings.has(command.instance.key), command.type === 'advance'))
    }
  }
}

function answerTo(path: string, isOpened: boolean, isMove: boolean): Fact[] {
  if (isMove && !isOpened) {
    const opening = { type: 'items' as const, count: Number(path.slice(4)), concurrency: 10 }
    return [{ type: 'step.completed', path, step: 'open1', kind: 'open', result: output, startedAt: 1, opening }]
  }
  return [{ type: 'node.completed', path, attempt: 1, output, ports: ['out'] }]
}

const fan = (width: number): Graph => {
  const ids = Array.from({ length: width }, (_, index) => `n${index}`)
  const merge = { id: 'end', kind: 'merge', config: { mode: 'all' } }
  const transforms = ids.map((id) => ({ id, kind: 'transform', config: { template: 'x' } }))
  const start = { id: 'start', kind: 'input', config: { fields: [] } }
  const edges = [...ids.map((id) => `start -> ${id}`), ...ids.map((id) => `${id} -> end`)]
  return buildGraph([start, ...transforms, merge], edges)
}

/** The virtual map is told by its own id how many items it has. */
const map = (count: number): Graph =>
  buildGraph([
    { id: `each${count}`, kind: 'map', config: { items: '[1]' } },
    { id: 'a', kind: 'agent', parent: `each${count}`, config: { instructions: 'work' } },
  ])

type Works = { small: () => void; large: () => void }

/**
 * How many times as long the large work takes, in time on the processor. The two take turns, so that whatever slows the
 * machine down slows both, and of each the shortest time counts: what else goes on (collecting garbage, compiling) only
 * makes it longer. It is measured until the answer is clear, or for so long that it is not going to change.
 */
function growthOf({ small, large }: Works, enough: number): number {
  const least = { small: Number.POSITIVE_INFINITY, large: Number.POSITIVE_INFINITY }
  for (let round = 0; round < 60; round += 1) {
    least.small = Math.min(least.small, timeOf(small))
    least.large = Math.min(least.large, timeOf(large))
    if (round >= 12 && least.large / least.small < enough) break
  }
  return least.large / least.small
}

/** The clock of the processor ticks coarsely: short work is done often enough to be seen. */
function timeOf(work: () => void): number {
  const started = process.threadCpuUsage()
  for (let times = 1; ; times += 1) {
    work()
    const { user, system } = process.threadCpuUsage(started)
    if (user + system > 4_000) return (user + system) / times
  }
}

const shapes: [string, (size: number) => Graph][] = [
  ['a chain', buildChain],
  ['a fan', fan],
  ['a map', map],
]

describe('the work of folding and deciding', () => {
  it.each(shapes)('grows with the length of %s and not with its square', (_, build) => {
    const [small, large] = [300, 1_200].map((size) => planOf(build(size), specs)) as [Plan, Plan]
    expect(runThrough(large).run.status).toBe('completed')
    // Four times as much is done; work that looked at all nodes for each of them would take sixteen times as long.
    const works = { small: () => runThrough(small), large: () => runThrough(large) }
    expect(growthOf(works, 8)).toBeLessThan(8)
  })

  it.each(shapes)('grows like that for taking over %s, too', (_, build) => {
    const [small, large] = [300, 1_200].map((size) => {
      const plan = planOf(build(size), specs)
      return { plan, state: runThrough(plan) }
    }) as [Over, Over]
    const rebuild =
      ({ plan, state }: Over) =>
      () =>
        void buildSchedule(plan, state)
    expect(growthOf({ small: rebuild(small), large: rebuild(large) }, 8)).toBeLessThan(8)
  })
})

type Over = { plan: Plan; state: ReturnType<typeof runThrough> }

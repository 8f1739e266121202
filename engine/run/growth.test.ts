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

/** The shortest of several times: whatever else the machine does only makes it longer. */
function timeOf(work: () => void): number {
  let shortest = Number.POSITIVE_INFINITY
  for (let time = 0; time < 12; time++) {
    const started = performance.now()
    work()
    shortest = Math.min(shortest, performance.now() - started)
  }
  return shortest
}

const shapes: [string, (size: number) => Graph][] = [
  ['a chain', buildChain],
  ['a fan', fan],
  ['a map', map],
]

describe('the work of folding and deciding', { retry: 3 }, () => {
  it.each(shapes)('grows with the length of %s and not with its square', (_, build) => {
    const [small, large] = [300, 1_200].map((size) => planOf(build(size), specs)) as [Plan, Plan]
    expect(runThrough(large).run.status).toBe('completed')
    // Four times as much is done; work that looked at all nodes for each of them would take sixteen times as long.
    expect(timeOf(() => runThrough(large)) / timeOf(() => runThrough(small))).toBeLessThan(8)
  })

  it.each(shapes)('grows like that for taking over %s, too', (_, build) => {
    const [small, large] = [300, 1_200].map((size) => {
      const plan = planOf(build(size), specs)
      return { plan, state: runThrough(plan) }
    }) as [Over, Over]
    const rebuild = ({ plan, state }: Over) => timeOf(() => buildSchedule(plan, state))
    expect(rebuild(large) / rebuild(small)).toBeLessThan(8)
  })
})

type Over = { plan: Plan; state: ReturnType<typeof runThrough> }

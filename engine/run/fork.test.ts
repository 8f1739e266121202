import { describe, expect, test } from 'vitest'
import { parseGraph } from '@/engine/graph/parse'
import type { Json } from '@/engine/json'
import type { Ref } from '@/engine/payload'
import { compile } from '@/engine/plan/compile'
import type { Plan } from '@/engine/plan/plan'
import type { Fact, RunEvent } from '@/engine/run/events'
import { type ForkCut, inheritedFacts } from '@/engine/run/fork'
import { replay } from '@/engine/run/reduce'
import { specs } from '@/nodes/registry/specs'

const ref = (inline: Json): Ref => ({ hash: JSON.stringify(inline), size: 1, inline })
const numbered = (facts: readonly Fact[]): RunEvent[] =>
  facts.map((fact, index) => ({ ...fact, seq: index + 1, at: 1_000 + index }))
const created: Fact[] = [{ type: 'run.created', v: 1, input: ref({}), trigger: 'api' }, { type: 'run.started' }]
const started = (path: string): Fact => ({ type: 'node.started', path, attempt: 1 })
const completed = (path: string, output: Json = path): Fact => ({
  type: 'node.completed',
  path,
  attempt: 1,
  output: ref(output),
  ports: ['out'],
})
const step = (path: string, name: string): Fact => ({
  type: 'step.completed',
  path,
  step: name,
  kind: 'model',
  result: ref(name),
  startedAt: 1,
})
const opened = (
  path: string,
  name: string,
  opening: NonNullable<Extract<Fact, { type: 'step.completed' }>['opening']>,
): Fact => ({ type: 'step.completed', path, step: name, kind: 'open', result: ref([]), startedAt: 1, opening })
const failed = (path: string): Fact => ({
  type: 'node.failed',
  path,
  attempt: 1,
  failure: { code: 'internal', message: 'no' },
})

function planOf(nodes: Json[], edges: Json[]): Plan {
  const parsed = parseGraph({ baton: 1, name: 'x', nodes, edges }, specs)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const compiled = compile(parsed.graph, specs)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems))
  return compiled.plan
}

const transform = (id: string, parent?: string): Json => ({
  id,
  kind: 'transform',
  config: { template: 'x', as: 'text' },
  ...(parent && { parent }),
})
const edge = (source: string, target: string): Json => ({ source, target })

/** a → b → c, and d beside them. */
const chain = planOf([transform('a'), transform('b'), transform('c'), transform('d')], [edge('a', 'b'), edge('b', 'c')])
const chainLog = numbered([
  ...created,
  completed('a'),
  completed('d'),
  started('b'),
  step('b', 'm1'),
  completed('b'),
  completed('c'),
  { type: 'run.completed', output: ref(null) },
])

const take = (plan: Plan, log: readonly RunEvent[], cut: ForkCut) => inheritedFacts(plan, log, cut)
const told = (facts: readonly Fact[]) =>
  facts.map((fact) =>
    'step' in fact
      ? `${fact.type} ${fact.path} ${fact.step}`
      : 'path' in fact
        ? `${fact.type} ${fact.path}`
        : fact.type,
  )
const settled = (facts: readonly Fact[]) =>
  [...replay(numbered([...created, ...facts])).nodes]
    .filter(([, node]) => node.status === 'completed')
    .map(([path]) => path)

describe('a fork', () => {
  test('at an event takes over what had settled by then', () => {
    expect(told(take(chain, chainLog, { afterSeq: 4 }))).toEqual(['node.completed a', 'node.completed d'])
    expect(settled(take(chain, chainLog, { afterSeq: 8 }))).toEqual(['a', 'd', 'b', 'c'])
  })

  test('in the middle of a node keeps its recorded steps and starts it anew', () => {
    expect(told(take(chain, chainLog, { afterSeq: 6 }))).toEqual([
      'node.completed a',
      'node.completed d',
      'step.completed b m1',
    ])
  })

  test('from a node drops that node, its steps and what depends on it, and nothing else', () => {
    expect(told(take(chain, chainLog, { fromNode: 'b' }))).toEqual(['node.completed a', 'node.completed d'])
    expect(settled(take(chain, chainLog, { fromNode: 'd' }))).toEqual(['a', 'b', 'c'])
  })

  test('with a changed config does that node again', () => {
    expect(settled(take(chain, chainLog, { changed: new Set(['c']) }))).toEqual(['a', 'd', 'b'])
  })

  test('with another input takes over nothing', () => {
    expect(take(chain, chainLog, { newInput: true })).toEqual([])
  })

  test('with another answer of a node puts it in place and does what depends on it again', () => {
    const facts = take(chain, chainLog, { outputs: new Map([['b', ref('better')]]) })
    expect(told(facts)).toEqual(['node.completed a', 'node.completed d', 'node.completed b'])
    expect(facts.at(-1)).toEqual({
      type: 'node.completed',
      path: 'b',
      attempt: 1,
      output: ref('better'),
      ports: ['out'],
    })
  })

  test('gives an answer to a node that never had one', () => {
    const facts = take(chain, chainLog, { afterSeq: 3, outputs: new Map([['b', ref('given')]]) })
    expect(settled(facts)).toEqual(['a', 'b'])
  })

  test('of a failed run tries again what failed, with its recorded steps', () => {
    const log = numbered([
      ...created,
      completed('a'),
      started('b'),
      step('b', 'm1'),
      failed('b'),
      { type: 'node.cancelled', path: 'c' },
      { type: 'run.failed', failure: { code: 'internal', message: 'no' }, path: 'b' },
    ])
    expect(told(take(chain, log, {}))).toEqual(['node.completed a', 'step.completed b m1'])
  })

  test('carries no numbers, dates or marks of the source', () => {
    const log = chainLog.map((event) => ({ ...event, inherited: true as const }))
    for (const fact of take(chain, log, {})) {
      expect(fact).not.toHaveProperty('seq')
      expect(fact).not.toHaveProperty('at')
      expect(fact).not.toHaveProperty('inherited')
    }
  })
})

describe('in a map', () => {
  /** each[ write → check ] → after */
  const plan = planOf(
    [
      { id: 'each', kind: 'map', config: { items: '[1, 2]' } },
      transform('write', 'each'),
      transform('check', 'each'),
      transform('after'),
    ],
    [edge('write', 'check'), edge('each', 'after')],
  )
  const log = numbered([
    ...created,
    started('each'),
    opened('each', 'open1', { type: 'items', count: 2, concurrency: 2 }),
    completed('each[0]/write'),
    completed('each[1]/write'),
    completed('each[0]/check'),
    completed('each[1]/check'),
    completed('each'),
    completed('after'),
  ])

  test('the items keep what does not depend on the changed node', () => {
    const facts = take(plan, log, { fromNode: 'check' })
    expect(told(facts)).toEqual([
      'node.started each',
      'step.completed each open1',
      'node.completed each[0]/write',
      'node.completed each[1]/write',
    ])
    expect(replay(numbered([...created, ...facts])).openings.get('each')).toHaveLength(1)
  })

  test('another answer in one item leaves the others alone', () => {
    const facts = take(plan, log, { outputs: new Map([['each[1]/write', ref('new')]]) })
    expect(settled(facts)).toEqual(['each[0]/write', 'each[1]/write', 'each[0]/check'])
  })

  test('the map itself from the start loses all its items', () => {
    expect(take(plan, log, { fromNode: 'each' })).toEqual([])
  })

  test('a box that was at work at the cut goes on with its items', () => {
    const facts = take(plan, log, { afterSeq: 5 })
    expect(told(facts)).toEqual(['node.started each', 'step.completed each open1', 'node.completed each[0]/write'])
  })
})

describe('in a loop', () => {
  const plan = planOf(
    [
      { id: 'again', kind: 'loop', config: { until: 'iteration == 2', maxIterations: 5 } },
      transform('draft', 'again'),
      transform('judge', 'again'),
      transform('after'),
    ],
    [edge('draft', 'judge'), edge('again', 'after')],
  )
  const log = numbered([
    ...created,
    started('again'),
    opened('again', 'open1', { type: 'iteration', index: 0 }),
    completed('again[0]/draft'),
    completed('again[0]/judge'),
    opened('again', 'open2', { type: 'iteration', index: 1 }),
    completed('again[1]/draft'),
    completed('again[1]/judge'),
    completed('again'),
    completed('after'),
  ])

  test('everything from the first time the node ran is done again', () => {
    const facts = take(plan, log, { fromNode: 'judge' })
    expect(told(facts)).toEqual(['node.started again', 'step.completed again open1', 'node.completed again[0]/draft'])
  })

  test('another answer of one iteration keeps the earlier ones', () => {
    const facts = take(plan, log, { outputs: new Map([['again[1]/draft', ref('new')]]) })
    expect(settled(facts)).toEqual(['again[0]/draft', 'again[0]/judge', 'again[1]/draft'])
    expect(replay(numbered([...created, ...facts])).openings.get('again')).toHaveLength(2)
  })
})

import { expect, it } from 'vitest'
import type { RunState } from '@/engine/run/state'
import { buildGraph } from '@/engine/testing/build-graph'
import { openRun, planOf } from '@/engine/testing/open-run'
import { specs } from '@/nodes/registry/specs'
import { passedOver, skippedAround } from './passed-over'

const looked = { chosen: new Map<string, number>(), followed: new Map<string, number>() }
const agent = (id: string, parent?: string) => ({
  id,
  kind: 'agent',
  config: { instructions: 'Help.', prompt: 'Go.' },
  ...(parent === undefined ? {} : { parent }),
})
const graph = buildGraph(
  [
    { id: 'ask', kind: 'condition', config: { expression: 'true' } },
    { id: 'each', kind: 'map', config: { items: '[1, 2]' } },
    { id: 'crew', kind: 'team', config: { mode: 'sequence', goal: 'Win' }, parent: 'each' },
    agent('boss', 'crew'),
    { id: 'again', kind: 'loop', config: { until: 'true', maxIterations: 2 } },
    { id: 'way', kind: 'condition', config: { expression: 'true' }, parent: 'again' },
    { id: 'inner', kind: 'map', config: { items: '[1]' }, parent: 'again' },
    agent('write', 'inner'),
    agent('after'),
  ],
  ['ask.true -> again', 'ask.false -> each', 'way.false -> inner', 'each -> after'],
)
const marked = (state: RunState) => passedOver(graph, state, looked).sort()

it('a box that is skipped takes everything in it with it, however deep', () => {
  const run = openRun(planOf(graph, specs))
  expect(marked(run.state)).toEqual([])
  run.done('ask', ['true'])
  expect(run.statusOf('each')).toBe('skipped')
  expect(marked(run.state)).toEqual(['after', 'boss', 'crew', 'each'])
  expect(skippedAround(graph, run.state, looked, 'boss')).toBe(run.state.nodes.get('each'))
  expect(skippedAround(graph, run.state, looked, 'after')).toBeUndefined()
})

it('what waits for its turn in a box that works was not skipped; a box in it may be', () => {
  const run = openRun(planOf(graph, specs))
  run.done('ask', ['true'])
  run.opens('again', { type: 'iteration', index: 0 })
  const before = marked(run.state)
  expect(before).not.toContain('write')
  expect(before).not.toContain('way')
  run.done('again[0]/way', ['true'])
  expect(marked(run.state)).toEqual([...before, 'inner', 'write'].sort())
})

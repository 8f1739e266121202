import { describe, expect, it } from 'vitest'
import { buildGraph } from '@/engine/testing/build-graph'
import { openRun, planOf, refTo } from '@/engine/testing/open-run'
import { specs } from '@/nodes/registry/specs'
import { compareRuns } from './compare-runs'

const agent = (id: string, parent?: string) => ({
  id,
  kind: 'agent',
  config: { instructions: 'Help.', prompt: 'Go.' },
  ...(parent === undefined ? {} : { parent }),
})
const graph = buildGraph(
  [
    { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] } },
    { id: 'ask', kind: 'condition', config: { expression: 'true' } },
    agent('yes'),
    agent('no'),
    { id: 'aside', kind: 'note', config: { text: 'x' } },
  ],
  ['start -> ask', 'ask.true -> yes', 'ask.false -> no'],
)

function runTo(port: 'true' | 'false', said: string) {
  const run = openRun(planOf(graph, specs))
  run.done('start', ['out'], { topic: 'tea' })
  run.done('ask', [port], null)
  const id = port === 'true' ? 'yes' : 'no'
  run.pass(500)
  run.say({
    type: 'step.completed',
    path: id,
    step: 'm1',
    kind: 'model',
    result: refTo(said),
    startedAt: 1_000,
    usage: { inputTokens: 10, outputTokens: said.length, cost: 0.01, steps: 1 },
  })
  run.done(id, ['out'], said)
  return { graph, state: run.state }
}
const verdicts = (...sides: [ReturnType<typeof runTo>, ReturnType<typeof runTo>]) =>
  Object.fromEntries(compareRuns(...sides).nodes.map(({ id, verdict }) => [id, verdict]))

describe('two runs compared', () => {
  it('are the same where both did the same, and notes take no part', () => {
    const all = { start: 'same', ask: 'same', yes: 'same', no: 'neither' }
    expect(verdicts(runTo('true', 'Tea.'), runTo('true', 'Tea.'))).toEqual(all)
  })

  it('say where another answer came out', () => {
    expect(verdicts(runTo('true', 'Tea.'), runTo('true', 'Coffee.'))).toMatchObject({ ask: 'same', yes: 'differs' })
  })

  it('say which way only one of them went', () => {
    expect(verdicts(runTo('true', 'Tea.'), runTo('false', 'Tea.'))).toMatchObject({
      start: 'same',
      ask: 'differs',
      yes: 'only_here',
      no: 'only_there',
    })
  })

  it('sum up time and cost of a node and of the run', () => {
    const { nodes, here, there } = compareRuns(runTo('true', 'Tea.'), runTo('true', 'Coffee!'))
    const yes = nodes.find(({ id }) => id === 'yes')
    expect(yes?.here).toMatchObject({ took: 500, count: 1, usage: { outputTokens: 4, cost: 0.01 } })
    expect(yes?.there).toMatchObject({ usage: { outputTokens: 7 } })
    expect(here).toMatchObject({ status: 'completed', took: 500, usage: { inputTokens: 10 } })
    expect(there.output).not.toBeNull()
  })

  it('count all items of a box as one node', () => {
    const boxed = buildGraph(
      [{ id: 'each', kind: 'map', config: { items: '[1, 2]' } }, agent('write', 'each'), { id: 'end', kind: 'output' }],
      ['each -> end'],
    )
    const side = (last: string) => {
      const run = openRun(planOf(boxed, specs))
      run.opens('each', { type: 'items', count: 2, concurrency: 2 })
      run.done('each[0]/write', ['out'], 'a')
      run.done('each[1]/write', ['out'], last)
      return { graph: boxed, state: run.state }
    }
    const find = (a: string, b: string) => compareRuns(side(a), side(b)).nodes.find(({ id }) => id === 'write')
    expect(find('b', 'b')).toMatchObject({ verdict: 'same', here: { count: 2 } })
    expect(find('b', 'c')?.verdict).toBe('differs')
  })
})

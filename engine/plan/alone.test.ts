import { describe, expect, test } from 'vitest'
import type { Graph } from '@/engine/graph/schema'
import type { JsonObject } from '@/engine/json'
import { aloneGraph, neededNames } from '@/engine/plan/alone'
import { compile } from '@/engine/plan/compile'
import { buildGraph } from '@/engine/testing/build-graph'
import { specs } from '@/nodes/registry/specs'

const start = { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] } }
const agent = (id: string, rest: object = {}) => ({ id, kind: 'agent', config: { prompt: 'x' }, ...rest })
const transform = (id: string, template: string, rest: object = {}) => ({
  id,
  kind: 'transform',
  config: { template },
  ...rest,
})

const needed = (graph: Graph, id: string) => neededNames({ graph, specs }, id)
function alone(graph: Graph, id: string, given: JsonObject) {
  const made = aloneGraph({ graph, specs }, id, given)
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  const compiled = compile(made.graph, specs)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems))
  return { ...made, node: (name: string) => made.graph.nodes.find((each) => each.id === name) }
}

/** each[ outline → again[ draft ] ] */
const boxed = buildGraph(
  [
    start,
    agent('write'),
    { id: 'each', kind: 'map', config: { items: 'start.topic' } },
    transform('outline', '{{ item }} {{ index }} {{ write.text }}', { parent: 'each' }),
    {
      id: 'again',
      kind: 'loop',
      parent: 'each',
      config: { until: 'iteration == 2 && item != "x"', maxIterations: 3 },
    },
    transform('draft', '{{ previous }} {{ iteration }} {{ item }} {{ outline }} {{ each.index }}', { parent: 'again' }),
  ],
  ['start -> write', 'write -> each', 'outline -> again'],
)

describe('what a node needs to run alone', () => {
  test('is what its expressions name, wherever in its config they stand', () => {
    const graph = buildGraph([
      agent('a'),
      {
        id: 'call',
        kind: 'http',
        config: { url: '{{ a.text }}', headers: { x: '{{ input.y }}' }, body: ['{{ a.z }}'] },
      },
    ])
    expect(needed(graph, 'call')).toEqual(['a', 'input'])
  })

  test('of a box is what it and its inside name of the outside, and not what it binds itself', () => {
    expect(needed(boxed, 'each').toSorted()).toEqual(['start', 'write'])
    expect(needed(boxed, 'again').toSorted()).toEqual(['each', 'item', 'outline'])
    expect(needed(boxed, 'draft').toSorted()).toEqual(['each', 'item', 'iteration', 'outline', 'previous'])
  })
})

describe('a node alone', () => {
  test('finds a node of the same name for whatever it refers to, and nothing else of the graph', () => {
    const graph = buildGraph(
      [
        start,
        agent('write', { name: 'Writer' }),
        transform('shout', '{{ write.text }}{{ start.topic }}'),
        agent('other'),
      ],
      ['start -> write', 'write -> shout'],
    )
    const made = alone(graph, 'shout', { write: { text: '{{ start.topic }}' }, start: { topic: 'tea' }, input: 5 })
    expect(made.node('write')).toMatchObject({ kind: 'transform', name: 'Writer' })
    expect(made.node('other')).toBeUndefined()
    expect(made.node('shout')?.config).toEqual({ template: '{{ write.text }}{{ start.topic }}' })
    expect(made.input).toEqual({ write: { text: '{{ start.topic }}' }, start: { topic: 'tea' }, arrives: 5 })
  })

  test('reads what boxes around it bind from nodes that stand for the boxes', () => {
    const given = { each: { index: 7 }, item: 'a', iteration: 1, outline: 'o', previous: 'p' }
    const made = alone(boxed, 'draft', given)
    expect(made.node('draft')?.config.template).toBe(
      '{{ again.previous }} {{ again.iteration }} {{ each.item }} {{ outline }} {{ each.index }}',
    )
    expect(made.input).toMatchObject({ each: { index: 7, item: 'a' }, again: { iteration: 1, previous: 'p' } })
  })

  test('that is a box takes its inside along, with the names that it binds itself', () => {
    const made = alone(boxed, 'again', { item: 'a', outline: 'o', each: { index: 1 } })
    expect(made.inside).toEqual(['again', 'draft'])
    expect(made.node('draft')?.config.template).toBe(
      '{{ previous }} {{ iteration }} {{ each.item }} {{ outline }} {{ each.index }}',
    )
    expect(made.node('again')?.config.until).toBe('iteration == 2 && each.item != "x"')
  })

  test('out of its team is told its task by what arrives', () => {
    const graph = buildGraph([
      { id: 'crew', kind: 'team', config: { mode: 'sequence', goal: 'g' } },
      { id: 'ann', kind: 'agent', parent: 'crew', config: { instructions: 'Help.' } },
    ])
    expect(alone(graph, 'ann', { input: { task: 'sum' } }).node('ann')?.config.prompt).toBe('{{ input.task }}')
  })

  test('keeps its ways out, and ids that the graph has already are not taken twice', () => {
    const graph = buildGraph(
      [
        { ...start, id: 'given' },
        agent('result'),
        { id: 'check', kind: 'condition', config: { expression: 'result.text == given.topic' } },
      ],
      ['given -> result', 'result -> check'],
    )
    const made = alone(graph, 'check', { result: { text: 'a' }, given: { topic: 'a' } })
    expect(made.graph.edges.filter(({ source }) => source === 'check')).toEqual([
      { source: 'check', sourcePort: 'true', target: 'result_2' },
      { source: 'check', sourcePort: 'false', target: 'result_2' },
    ])
  })

  test('says what is missing, what is too much, and what can not run alone', () => {
    const problems = (id: string, given: JsonObject) => {
      const made = aloneGraph({ graph: boxed, specs }, id, given)
      return made.ok ? [] : made.problems.map(({ path }) => path)
    }
    expect(problems('outline', { item: 1, nobody: 2 }).toSorted()).toEqual([
      'given.index',
      'given.nobody',
      'given.write',
    ])
    expect(problems('start', {})).toEqual(['node'])
    expect(problems('nowhere', {})).toEqual(['node'])
  })

  test('does not mind what is wrong elsewhere in the graph', () => {
    const graph = buildGraph([transform('a', '{{ nowhere }}'), transform('b', '{{ input }}')], ['a -> b'])
    expect(compile(graph, specs).ok).toBe(false)
    expect(alone(graph, 'b', {}).ok).toBe(true)
  })
})

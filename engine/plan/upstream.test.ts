import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile } from '@/engine/plan/compile'
import { type UpstreamValue, upstreamOf } from '@/engine/plan/upstream'
import { arbitraryGraph } from '@/engine/testing/arbitrary-graph'
import { buildGraph } from '@/engine/testing/build-graph'
import { specs } from '@/nodes/registry/specs'

const start = { id: 'start', kind: 'input', config: { fields: [{ name: 'topics', type: 'json' }] } }
const agent = (id: string, rest: object = {}) => ({ id, kind: 'agent', config: { instructions: 'x' }, ...rest })
const names = (values: readonly UpstreamValue[]) => values.map(({ name }) => name)
const find = (values: readonly UpstreamValue[], name: string) => values.find((value) => value.name === name)

const boxed = buildGraph(
  [
    start,
    agent('plan'),
    { id: 'each', kind: 'map', config: { items: 'start.topics' } },
    agent('draft', { parent: 'each' }),
    agent('polish', { parent: 'each' }),
    { id: 'again', kind: 'loop', config: { until: 'check.result', maxIterations: 3 } },
    { id: 'check', kind: 'condition', parent: 'again', config: { expression: 'true' } },
    agent('aside'),
    { id: 'paper', kind: 'note', config: {} },
    { id: 'done', kind: 'output' },
  ],
  ['start -> plan', 'plan -> each', 'draft -> polish', 'each -> again', 'again -> done'],
)
const past = {
  values: {
    start: { topics: ['tea', 'rice'] },
    plan: { text: 'A plan', usage: {}, extra: 1 },
    'each[0]/draft': { text: 'about tea', usage: {} },
    'each[1]/draft': { text: 'about rice', usage: {} },
    each: [],
    'again[0]/check': { result: false },
    'again[1]/check': { result: true },
    again: { text: 'end' },
  },
  input: { text: 'A plan' },
}

describe('the names a node may refer to', () => {
  test('are the nodes before it and what arrives, and neither itself nor what runs beside or behind it', () => {
    expect(names(upstreamOf({ graph: boxed, specs }, { node: 'each' }))).toEqual(['input', 'plan', 'start'])
  })

  test('inside a box are also what the box binds, under its short name and by the box', () => {
    const seen = upstreamOf({ graph: boxed, specs }, { node: 'polish' })
    expect(names(seen)).toEqual(['input', 'item', 'index', 'each', 'draft', 'plan', 'start'])
    expect(find(seen, 'each')?.fields).toEqual(['item', 'index'])
  })

  test('of the condition that ends a loop are its children, the result and the iteration', () => {
    const seen = upstreamOf({ graph: boxed, specs, past }, { node: 'again', inside: true })
    expect(names(seen)).toEqual(['output', 'iteration', 'check', 'input', 'each', 'plan', 'start'])
    expect(find(seen, 'check')?.value).toEqual({ result: true })
    expect(find(seen, 'iteration')?.value).toBe(1)
    expect(find(seen, 'output')?.value).toEqual({ text: 'end' })
  })

  test('a member of a team gets what members get', () => {
    const graph = buildGraph(
      [start, { id: 'crew', kind: 'team' }, agent('coder', { parent: 'crew' })],
      ['start -> crew'],
    )
    const seen = upstreamOf({ graph, specs }, { node: 'coder' })
    expect(names(seen)).toEqual(['input', 'start'])
    expect(find(seen, 'input')?.fields).toEqual(['task', 'from', 'round', 'transcript'])
  })

  test('several sources arrive as one object by their ids', () => {
    const graph = buildGraph(
      [start, agent('a'), agent('b'), agent('c')],
      ['start -> a', 'start -> b', 'a -> c', 'b -> c'],
    )
    expect(find(upstreamOf({ graph, specs }, { node: 'c' }), 'input')?.fields).toEqual(['a', 'b'])
  })

  test('a note, and a node that is not there, refer to nothing', () => {
    expect(upstreamOf({ graph: boxed, specs }, { node: 'paper' })).toEqual([])
    expect(upstreamOf({ graph: boxed, specs }, { node: 'nobody' })).toEqual([])
  })
})

describe('the fields and last values of a name', () => {
  test('are what the kind promises and what there was', () => {
    const seen = upstreamOf({ graph: boxed, specs, past }, { node: 'done' })
    expect(find(seen, 'plan')).toMatchObject({ fields: ['text', 'usage', 'extra'], value: { text: 'A plan' } })
    expect(find(seen, 'start')?.fields).toEqual(['topics'])
    expect(find(seen, 'input')?.value).toEqual({ text: 'A plan' })
  })

  test('of an item are those of the first item that left something', () => {
    const seen = upstreamOf({ graph: boxed, specs, past }, { node: 'polish' })
    expect(find(seen, 'item')?.value).toBe('tea')
    expect(find(seen, 'index')?.value).toBe(0)
    expect(find(seen, 'each')?.value).toEqual({ item: 'tea', index: 0 })
    expect(find(seen, 'draft')?.value).toEqual({ text: 'about tea', usage: {} })
  })

  test('are absent when there was no run', () => {
    for (const value of upstreamOf({ graph: boxed, specs }, { node: 'polish' }))
      expect(value).not.toHaveProperty('value')
  })

  test('hold the error of a node that goes on after one', () => {
    const graph = buildGraph([agent('a', { onError: 'continue' }), agent('b')], ['a -> b'])
    expect(find(upstreamOf({ graph, specs }, { node: 'b' }), 'a')?.fields).toEqual(['text', 'usage', 'error'])
  })
})

test('whatever is offered passes the compiler, and a node that is not offered does not', () => {
  fc.assert(
    fc.property(arbitraryGraph, (graph) => {
      for (const node of graph.nodes.filter(({ kind }) => kind === 'transform')) {
        const offered = new Set(names(upstreamOf({ graph, specs }, { node: node.id })))
        const others = graph.nodes.filter(({ kind }) => kind !== 'note').map(({ id }) => id)
        for (const name of new Set([...offered, ...others])) {
          const faults = compile(reading(graph, node.id, name), specs).problems.filter(
            ({ nodeId, code }) => nodeId === node.id && /reference|upstream|inside_box|box_not_done/.test(code),
          )
          const isWholeBox = specs[graph.nodes.find(({ id }) => id === name)?.kind ?? '']?.box !== undefined
          // A box around the node is offered for what it binds; as a whole it has no value yet.
          if (!(isWholeBox && offered.has(name))) expect([name, faults.length === 0]).toEqual([name, offered.has(name)])
        }
      }
    }),
    { numRuns: 40 },
  )
})

const reading = (graph: Parameters<typeof compile>[0], id: string, name: string) => ({
  ...graph,
  nodes: graph.nodes.map((node) => (node.id === id ? { ...node, config: { template: `{{ ${name} }}` } } : node)),
})

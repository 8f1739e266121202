import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { edgeId } from '@/components/editor/graph/edge-id'
import { agent, graphOf } from '@/components/editor/testing/editor-of'
import { compareGraphs, isSameGraph } from '@/components/editor/versions/compare-graphs'
import type { Graph } from '@/engine/graph/schema'

const before = graphOf(
  [agent('a', { config: { prompt: 'tea' } }), agent('b', { position: { x: 0, y: 0 } }), agent('gone', { name: 'Old' })],
  [
    { source: 'a', target: 'b' },
    { source: 'b', target: 'gone' },
  ],
)
const after: Graph = {
  ...graphOf(
    [
      agent('a', { config: { prompt: 'coffee', model: 'small' }, position: { x: 5, y: 5 } }),
      agent('b', { position: { x: 9, y: 9 } }),
      agent('new'),
    ],
    [
      { source: 'a', target: 'b' },
      { source: 'b', target: 'new' },
    ],
  ),
  description: 'Better',
}

it('marks what came, went and changed, with the changed fields and both values', () => {
  const { marks, nodes } = compareGraphs(before, after)
  expect([...marks]).toEqual([
    ['new', 'added'],
    ['gone', 'removed'],
    ['a', 'changed'],
  ])
  expect(nodes.find(({ id }) => id === 'gone')?.name).toBe('Old')
  expect(nodes.find(({ id }) => id === 'a')?.fields).toEqual([
    { field: 'config.prompt', before: 'tea', after: 'coffee' },
    { field: 'config.model', before: undefined, after: 'small' },
  ])
})

it('counts nodes that only stand elsewhere without marking them', () => {
  const { marks, moved } = compareGraphs(before, after)
  expect([marks.has('b'), moved]).toEqual([false, 1])
})

it('draws edges of both graphs, those that differ with a mark', () => {
  const { graph, wires } = compareGraphs(before, after)
  expect(graph.edges.map(edgeId)).toEqual(['a out b', 'b out new', 'b out gone'])
  expect([...wires]).toEqual([
    ['b out new', 'added'],
    ['b out gone', 'removed'],
  ])
})

it('tells what changed of the workflow itself', () => {
  const { properties, isReordered } = compareGraphs(before, after)
  expect(properties).toEqual([{ field: 'description', before: undefined, after: 'Better' }])
  expect(isReordered).toBe(false)
})

it('tells that nodes stand in another order, and nothing else', () => {
  const turned = { ...before, nodes: before.nodes.toReversed() }
  const comparison = compareGraphs(before, turned)
  expect(comparison).toMatchObject({ isReordered: true, nodes: [], properties: [], moved: 0 })
  expect(isSameGraph(comparison)).toBe(false)
})

const someGraph = fc
  .uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), prompt: fc.constantFrom('x', 'y') }), {
    selector: ({ id }) => id,
  })
  .map((nodes) => graphOf(nodes.map(({ id, prompt }) => agent(id, { config: { prompt } }))))

it('draws each node of both graphs once, and says the opposite the other way round', () => {
  const opposite = { added: 'removed', removed: 'added', changed: 'changed' } as const
  fc.assert(
    fc.property(someGraph, someGraph, (one, other) => {
      const there = compareGraphs(one, other)
      const back = compareGraphs(other, one)
      const ids = there.graph.nodes.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(new Set(ids)).toEqual(new Set([...one.nodes, ...other.nodes].map(({ id }) => id)))
      expect(new Map([...there.marks].map(([id, mark]) => [id, opposite[mark]]))).toEqual(new Map(back.marks))
      expect(isSameGraph(compareGraphs(one, structuredClone(one)))).toBe(true)
    }),
  )
})

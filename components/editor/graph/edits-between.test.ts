import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { editsBetween } from '@/components/editor/graph/edits-between'
import { applyEdit } from '@/engine/graph/edit'
import type { Graph, GraphEdge, GraphNode } from '@/engine/graph/schema'

const ids = ['a', 'b', 'c', 'd', 'e'] as const
const point = fc.record({ x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 9 }) })

const someNode = (id: string, parents: readonly string[]): fc.Arbitrary<GraphNode> =>
  fc
    .record({
      kind: fc.constantFrom('agent', 'team', 'map'),
      name: fc.option(fc.constantFrom('X', 'Y'), { nil: undefined }),
      position: fc.option(point, { nil: undefined }),
      parent: fc.option(fc.constantFrom(...parents, parents[0] ?? id), { nil: undefined }),
      config: fc.dictionary(fc.constantFrom('goal', 'prompt'), fc.constantFrom('1', '2', null)),
      timeoutSeconds: fc.option(fc.constantFrom(5, 6), { nil: undefined }),
    })
    .map(({ kind, config, ...options }) => {
      const given = Object.entries(options).filter(
        ([key, value]) => value !== undefined && !(key === 'parent' && value === id),
      )
      return { id, kind, config, ...Object.fromEntries(given) }
    })

/** Parents only among those before in the alphabet: no circles; the list itself stands in any order. */
const someGraph: fc.Arbitrary<Graph> = fc
  .record({
    nodes: fc.tuple(...ids.map((id, index) => someNode(id, ids.slice(0, index)))),
    kept: fc.subarray([...ids]),
    order: fc.shuffledSubarray([...ids], { minLength: ids.length }),
    edges: fc.uniqueArray(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)), {
      selector: ([a, b]) => `${a} ${b}`,
    }),
    name: fc.constantFrom('One', 'Two'),
    description: fc.option(fc.constantFrom('about'), { nil: undefined }),
  })
  .map(({ nodes, kept, order, edges, name, description }) => {
    const there = new Set<string>(kept)
    const standing = order
      .flatMap((id) => nodes.find((node) => node.id === id) ?? [])
      .filter(({ id }) => there.has(id))
      .map(({ parent, ...node }) => (parent !== undefined && there.has(parent) ? { ...node, parent } : node))
    const parentOf = new Map(standing.map((node) => [node.id, 'parent' in node ? node.parent : undefined]))
    return {
      baton: 1 as const,
      name,
      ...(description === undefined ? {} : { description }),
      nodes: standing,
      edges: edges.flatMap(([source, target]): GraphEdge[] =>
        source !== target && there.has(source) && there.has(target) && parentOf.get(source) === parentOf.get(target)
          ? [{ source, target }]
          : [],
      ),
    }
  })

it('leads from any graph to any other, and back', () => {
  fc.assert(
    fc.property(someGraph, someGraph, (from, to) => {
      const edited = applyEdit(from, { type: 'batch', edits: editsBetween(from, to) })
      if ('refused' in edited) throw new Error(edited.refused)
      expect(edited.graph).toEqual(to)
      const back = applyEdit(edited.graph, edited.inverse)
      if ('refused' in back) throw new Error(back.refused)
      expect(back.graph).toEqual(from)
    }),
    { numRuns: 400 },
  )
})

it('needs nothing for a graph that is the same', () => {
  fc.assert(
    fc.property(someGraph, (graph) => {
      expect(editsBetween(graph, structuredClone(graph))).toEqual([])
    }),
  )
})

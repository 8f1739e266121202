import { expect, it } from 'vitest'
import { Graph } from '@/engine/graph/schema'
import { compile } from '@/engine/plan/compile'
import { specs } from '@/nodes/registry/specs'
import { card, crowd, crowdEdges, crowdNodes } from './crowd'

it('the crowd has its nodes and edges, none twice and none on top of another, and can run', () => {
  const graph = Graph.parse(crowd())
  expect(graph.nodes).toHaveLength(crowdNodes)
  expect(new Set(graph.nodes.map(({ id }) => id)).size).toBe(crowdNodes)
  expect(new Set(graph.edges.map(({ source, target }) => `${source} ${target}`)).size).toBe(crowdEdges)
  const places = graph.nodes.map(({ position }) => position ?? { x: 0, y: 0 })
  const touching = places.filter((a, index) =>
    places.some((b, other) => other !== index && Math.abs(a.x - b.x) < card.width && Math.abs(a.y - b.y) < card.height),
  )
  expect(touching).toEqual([])
  expect(compile(graph, specs).problems.filter(({ severity }) => severity === 'error')).toEqual([])
})

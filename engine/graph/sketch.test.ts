import { expect, test } from 'vitest'
import type { Graph } from './schema'
import { sketchOf } from './sketch'

const graph = (nodes: Graph['nodes'], edges: Graph['edges'] = []): Graph => ({ baton: 1, name: 'A', nodes, edges })

test('a sketch has places, kinds and edges, and no word that somebody wrote', () => {
  const drawn = graph(
    [
      { id: 'crew', kind: 'team', name: 'Secret plan', config: { goal: 'Find gold' }, position: { x: 1, y: 2 } },
      { id: 'lead', kind: 'agent', parent: 'crew', config: { instructions: 'Dig' } },
    ],
    [{ source: 'crew', sourcePort: 'out', target: 'lead' }],
  )
  expect(sketchOf(drawn)).toEqual({
    nodes: [
      { id: 'crew', kind: 'team', position: { x: 1, y: 2 } },
      { id: 'lead', kind: 'agent', parent: 'crew' },
    ],
    edges: [{ source: 'crew', target: 'lead' }],
  })
})

test('of a very large graph only the beginning is sketched, and no edge or box leads to what is left out', () => {
  const nodes = Array.from({ length: 1_000 }, (_, n) => ({ id: `n${n}`, kind: 'agent', config: {} }))
  const edges = nodes.slice(1).map(({ id }, n) => ({ source: `n${n}`, target: id }))
  const first = { id: 'first', kind: 'agent', parent: 'n999', config: {} }
  const sketch = sketchOf(graph([first, ...nodes], edges))
  const ids = new Set(sketch.nodes.map(({ id }) => id))
  expect(ids.size).toBe(300)
  expect(sketch.nodes[0]).toEqual({ id: 'first', kind: 'agent' })
  expect(sketch.edges.length).toBe(298)
  expect(sketch.edges.every(({ source, target }) => ids.has(source) && ids.has(target))).toBe(true)
})

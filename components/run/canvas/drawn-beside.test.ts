import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryGraph } from '@/engine/testing/arbitrary-graph'
import { buildGraph } from '@/engine/testing/build-graph'
import { differenceBetween, foreignTo } from './drawn-beside'

const start = { id: 'start', kind: 'input' }
const ask = { id: 'ask', kind: 'agent', config: { prompt: 'Go.' } }
const done = { id: 'done', kind: 'output' }
const run = buildGraph([start, ask, done], ['start -> ask', 'ask -> done'])

describe('a run on the canvas of another graph', () => {
  it('finds nothing foreign in the graph that ran, wherever its nodes stand and whatever they are called', () => {
    fc.assert(
      fc.property(arbitraryGraph, fc.string(), (graph, name) => {
        const moved = {
          ...graph,
          name,
          nodes: graph.nodes.map((node) => ({ ...node, name, position: { x: 1, y: 2 } })),
        }
        expect(foreignTo(graph, moved)).toEqual([])
        expect(differenceBetween(graph, moved)).toBe('none')
      }),
    )
  })

  it('knows edges that were added, and nodes of another kind with every edge at them', () => {
    const added = buildGraph([start, ask, done], ['start -> ask', 'ask -> done', 'start -> done', 'ask.error -> done'])
    expect(foreignTo(run, added)).toEqual(['start out done', 'ask error done'])
    const other = buildGraph([start, { ...ask, kind: 'transform' }, done], ['start -> ask', 'ask -> done'])
    expect(foreignTo(run, other)).toEqual(['ask', 'start out ask', 'ask out done'])
    expect([added, other].map((drawn) => differenceBetween(run, drawn))).toEqual(['drawing', 'drawing'])
  })

  it('is drawn differently when a node that ran is gone, and only set up differently when a field changed', () => {
    const without = buildGraph([start, done], [])
    expect(foreignTo(run, without)).toEqual([])
    expect(differenceBetween(run, without)).toBe('drawing')
    const changed = buildGraph([start, { ...ask, config: { prompt: 'Stop.' } }, done], ['start -> ask', 'ask -> done'])
    expect(foreignTo(run, changed)).toEqual([])
    expect(differenceBetween(run, changed)).toBe('setup')
  })

  it('takes no notice of notes', () => {
    const noted = buildGraph([start, ask, done, { id: 'hint', kind: 'note' }], ['start -> ask', 'ask -> done'])
    expect(foreignTo(run, noted)).toEqual([])
    expect(differenceBetween(run, noted)).toBe('none')
  })
})

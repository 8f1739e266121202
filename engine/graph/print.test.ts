import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseGraph } from '@/engine/graph/parse'
import { printJson, printYaml } from '@/engine/graph/print'
import { readGraph } from '@/engine/graph/read'
import { arbitraryGraph } from '@/engine/testing/arbitrary-graph'
import { buildGraph } from '@/engine/testing/build-graph'
import { specs } from '@/nodes/registry/specs'

describe('printing a graph', () => {
  test('as YAML or JSON and reading it again gives the same graph', () => {
    fc.assert(
      fc.property(arbitraryGraph, (graph) => {
        expect(parseGraph(graph, specs)).toEqual({ ok: true, graph })
        expect(readGraph(printYaml(graph, specs), specs)).toEqual({ ok: true, graph })
        expect(readGraph(printJson(graph, specs), specs)).toEqual({ ok: true, graph })
      }),
      { numRuns: 150 },
    )
  })

  test('gives the same text whatever the order of keys', () => {
    const shuffle = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffle)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [key, shuffle(inner)]),
      )
    }
    const graph = buildGraph(
      [
        { id: 'a', kind: 'agent', config: { prompt: 'p', instructions: 'i', model: 'm' }, position: { x: 1, y: 2 } },
        { id: 'b', kind: 'gate', config: { checks: [{ type: 'rule', expression: 'true', message: 'm' }] } },
      ],
      ['a -> b'],
    )
    const shuffled = parseGraph(shuffle(graph), specs)
    expect(shuffled.ok && printYaml(shuffled.graph, specs)).toBe(printYaml(graph, specs))
    expect(shuffled.ok && printJson(shuffled.graph, specs)).toBe(printJson(graph, specs))
  })

  test('puts edges and positions on one line, long texts in blocks, and nothing is folded', () => {
    const prompt = `First line\n${'word '.repeat(60)}end\n`
    const graph = buildGraph(
      [
        { id: 'a', kind: 'agent', name: 'Writer', config: { prompt }, position: { x: 1, y: 2 }, retry: { max: 1 } },
        { id: 'b', kind: 'output' },
      ],
      ['a -> b'],
    )
    expect(printYaml(graph, specs)).toBe(`baton: 1
name: Test
nodes:
  - id: a
    kind: agent
    name: Writer
    position: { x: 1, y: 2 }
    config:
      prompt: |
        First line
        ${'word '.repeat(60)}end
    retry: { max: 1 }
  - id: b
    kind: output
    config: {}
edges:
  - { source: a, target: b }
`)
  })

  test('writes texts that look like something else in quotes', () => {
    const texts = [
      'true',
      '1',
      'null',
      '~',
      '- a',
      'a: b',
      '# no',
      ' x ',
      '',
      '\t',
      'é\u2028\u0085',
      '1e3',
      '0x1',
      '<<',
      '*a',
      '&a',
    ]
    const nodes = texts.map((text, index) => ({ id: `n${index}`, kind: 'note', config: { text } }))
    const graph = buildGraph(nodes)
    expect(readGraph(printYaml(graph, specs), specs)).toEqual({ ok: true, graph })
  })
})

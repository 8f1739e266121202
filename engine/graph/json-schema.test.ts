import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { graphJsonSchema } from '@/engine/graph/json-schema'
import { arbitraryGraph } from '@/engine/testing/arbitrary-graph'
import { buildGraph } from '@/engine/testing/build-graph'
import { specs } from '@/nodes/registry/specs'

const check = new Ajv2020({ strict: false }).compile(graphJsonSchema(specs))

describe('the published JSON Schema', () => {
  test('accepts every graph that compiles', () => {
    fc.assert(
      fc.property(arbitraryGraph, (graph) => {
        expect(check(graph), JSON.stringify(check.errors)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  test.each([
    ['a key that the format does not know', { ...buildGraph([]), extra: 1 }],
    ['a kind that is not there', buildGraph([{ id: 'a', kind: 'agnt' }])],
    ['a config key that the kind does not know', buildGraph([{ id: 'a', kind: 'agent', config: { prmpt: 'x' } }])],
    ['a config value of the wrong type', buildGraph([{ id: 'a', kind: 'agent', config: { prompt: 1 } }])],
    ['the config of another kind', buildGraph([{ id: 'a', kind: 'merge', config: { prompt: 'x' } }])],
    ['an id with a capital letter', buildGraph([{ id: 'A', kind: 'merge' }])],
    ['another version', { ...buildGraph([]), baton: 2 }],
  ])('refuses %s', (_, graph) => {
    expect(check(graph)).toBe(false)
  })

  test('describes a config for each kind', () => {
    const { $defs } = graphJsonSchema(specs)
    expect($defs).toMatchObject(
      Object.fromEntries(Object.keys(specs).map((kind) => [`${kind}_config`, { type: 'object' }])),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import { enter, nodeContext } from '../testing/context'
import { outputRun } from './run'
import { outputSpec } from './spec'

describe('an output', () => {
  it('is its value: a single reference keeps its type, text with references is text', async () => {
    const result = async (value: Json) =>
      await enter(outputRun, nodeContext(outputSpec, { config: { value }, values: { a: { n: 5, list: [1] } } }))
    expect(await result('{{ a.n }}')).toEqual({ output: 5, ports: [] })
    expect(await result('n is {{ a.n }}')).toEqual({ output: 'n is 5', ports: [] })
    expect(await result({ deep: ['{{ a.list }}', true] })).toEqual({ output: { deep: [[1], true] }, ports: [] })
    expect(await result('{{ b.n }}')).toEqual({ output: null, ports: [] })
  })

  it('without a value is whatever arrives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const input = value as Json
        expect(await enter(outputRun, nodeContext(outputSpec, { config: {}, input }))).toEqual({
          output: input,
          ports: [],
        })
      }),
    )
  })
})

import { describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import { checkSchema } from '@/engine/schema/check-schema'

const problems = (schema: Json) => checkSchema(schema).map((p) => `${p.path}: ${p.message}`)

describe('checking a schema', () => {
  it('finds nothing wrong with the supported subset', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Invoice',
      type: 'object',
      required: ['lines'],
      additionalProperties: false,
      properties: {
        lines: { type: 'array', minItems: 1, items: { $ref: '#/$defs/line' } },
        state: { enum: ['open', 'paid', null] },
        code: { type: ['string', 'null'], pattern: '^[A-Z]+$', maxLength: 5 },
      },
      $defs: { line: { anyOf: [{ type: 'number', minimum: 0 }, { not: { type: 'object' } }] } },
    }
    expect(problems(schema)).toEqual([])
    expect(problems(true)).toEqual([])
  })

  it('names what it does not support, with its place and what to write instead', () => {
    expect(problems({ properties: { a: { nullable: true }, b: { if: {} } }, unevaluatedProperties: false })).toEqual([
      'properties.a.nullable: is not supported: write type: ["…", "null"] instead',
      'properties.b.if: is not supported: write anyOf instead',
      'unevaluatedProperties: is not supported',
    ])
  })

  it.each([
    [{ type: 'text' }, 'type: must be one of null, boolean, integer, number, string, array, object, or a list of them'],
    [{ enum: [] }, 'enum: must be a list with at least one value'],
    [{ required: 'a' }, 'required: must be a list of names'],
    [{ minItems: -1 }, 'minItems: must be a whole number from 0'],
    [{ minimum: '1' }, 'minimum: must be a number'],
    [{ multipleOf: 0 }, 'multipleOf: must be a number above 0'],
    [{ pattern: '(?<=a)b' }, 'pattern: is not a supported pattern (no look-around, no backreferences)'],
    [{ $ref: 'https://example.com/x' }, '$ref: must point inside this schema, like #/$defs/name'],
    [{ $ref: '#/$defs/none' }, '$ref: points at nothing: #/$defs/none'],
    [{ items: 3 }, 'items: must be a schema: an object, true or false'],
    [{ anyOf: [] }, 'anyOf: must be a list of schemas'],
    [{ properties: [] }, 'properties: must be an object of schemas'],
    [{ constructor: 1 }, 'constructor: is not supported'],
  ])('reports a keyword that cannot be right: %j', (schema, expected) => {
    expect(problems(schema as Json)).toEqual([expected])
  })

  it('reports a schema that is nested too deeply or too large instead of walking it', () => {
    let deep: Json = {}
    for (let n = 0; n < 1_000; n += 1) deep = { items: deep }
    expect(checkSchema(deep).map((p) => p.message)).toEqual(['is nested too deeply'])
    const wide = { anyOf: Array.from({ length: 6_000 }, () => ({})) }
    expect(checkSchema(wide).map((p) => p.message)).toEqual(['has more than 5000 parts'])
  })
})

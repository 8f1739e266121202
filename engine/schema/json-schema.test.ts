import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import { validateJson } from '@/engine/schema/json-schema'

const problems = (schema: Json, value: Json) => validateJson(schema, value).map((p) => `${p.path} ${p.message}`.trim())
const accepts = (schema: Json, value: Json) => validateJson(schema, value).length === 0

describe('validating JSON against a schema', () => {
  const table: [name: string, schema: Json, good: Json[], bad: Json[]][] = [
    ['type', { type: 'string' }, ['', 'a'], [1, null, [], {}]],
    ['several types', { type: ['string', 'null'] }, ['a', null], [1, false]],
    ['integer', { type: 'integer' }, [1, -2, 3.0], [1.5, '1']],
    ['number takes integers', { type: 'number' }, [1, 1.5], ['1', true]],
    ['array is no object', { type: 'object' }, [{}], [[], null]],
    ['enum', { enum: ['a', 1, null, { x: [1] }] }, ['a', 1, null, { x: [1] }], ['b', 2, { x: [2] }]],
    ['const compares whatever the key order', { const: { a: 1, b: 2 } }, [{ b: 2, a: 1 }], [{ a: 1 }]],
    ['length counts characters, not UTF-16 units', { minLength: 2, maxLength: 2 }, ['ab', '👍👍'], ['👍', 'abc']],
    ['bounds', { minimum: 1, maximum: 2 }, [1, 1.5, 2], [0.9, 2.1]],
    ['open bounds', { exclusiveMinimum: 1, exclusiveMaximum: 2 }, [1.5], [1, 2]],
    ['multiples in decimals', { multipleOf: 0.1 }, [0.3, 1, 0], [0.35]],
    ['pattern finds anywhere', { pattern: '\\d{3}' }, ['a123b'], ['12']],
    ['required', { required: ['a'] }, [{ a: null }, 'no object'], [{ b: 1 }]],
    ['properties', { properties: { a: { type: 'number' } } }, [{ a: 1, b: 'x' }, {}], [{ a: 'x' }]],
    ['no additional', { properties: { a: true }, additionalProperties: false }, [{ a: 1 }], [{ b: 1 }]],
    ['additional by schema', { additionalProperties: { type: 'number' } }, [{ x: 1 }], [{ x: 'a' }]],
    ['pattern properties', { patternProperties: { '^n_': { type: 'number' } } }, [{ n_a: 1, a: 'x' }], [{ n_a: 'x' }]],
    ['property names', { propertyNames: { maxLength: 2 } }, [{ ab: 1 }], [{ abc: 1 }]],
    ['property counts', { minProperties: 1, maxProperties: 2 }, [{ a: 1 }], [{}, { a: 1, b: 1, c: 1 }]],
    ['items', { items: { type: 'number' } }, [[], [1, 2]], [[1, 'a']]],
    ['tuples', { prefixItems: [{ type: 'string' }], items: false }, [['a'], []], [[1], ['a', 1]]],
    ['item counts', { minItems: 1, maxItems: 2 }, [[1]], [[], [1, 2, 3]]],
    [
      'unique items',
      { uniqueItems: true },
      [[1, '1', { a: 1 }]],
      [
        [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
      ],
    ],
    ['anyOf', { anyOf: [{ type: 'string' }, { minimum: 5 }] }, ['a', 6], [4]],
    ['oneOf', { oneOf: [{ type: 'number' }, { minimum: 5 }] }, [4, 'a'], [6]],
    ['allOf', { allOf: [{ minimum: 1 }, { maximum: 3 }] }, [2], [0, 4]],
    ['not', { not: { type: 'string' } }, [1], ['a']],
    ['false', false, [], [1, null, {}]],
    ['true', true, [1, null, {}], []],
    ['format is a note', { format: 'email' }, ['no address'], []],
  ]
  for (const [name, schema, good, bad] of table) {
    it(`${name}: accepts what fits and refuses the rest`, () => {
      for (const value of good) expect(problems(schema, value)).toEqual([])
      for (const value of bad) expect(problems(schema, value)).not.toEqual([])
    })
  }

  it('follows references to its own definitions, recursively', () => {
    const tree = {
      $ref: '#/$defs/tree',
      $defs: { tree: { properties: { name: { type: 'string' }, kids: { items: { $ref: '#/$defs/tree' } } } } },
    }
    expect(problems(tree, { name: 'a', kids: [{ name: 'b', kids: [] }] })).toEqual([])
    expect(problems(tree, { name: 'a', kids: [{ name: 'b', kids: [{ name: 3 }] }] })).toEqual([
      'kids[0].kids[0].name must be string, is integer',
    ])
  })

  it('says where and what, for every problem at once', () => {
    const schema = {
      type: 'object',
      required: ['title', 'items'],
      properties: { title: { type: 'string' }, items: { items: { required: ['price'] } } },
      additionalProperties: false,
    }
    expect(problems(schema, { title: 1, items: [{}], extra: true })).toEqual([
      'title must be string, is integer',
      'items[0].price is missing',
      'extra is not a known field',
    ])
  })

  it('names the closest alternative', () => {
    const schema = { anyOf: [{ required: ['a', 'b'] }, { required: ['c'] }] }
    expect(problems(schema, {})).toEqual(['matches none of 2 alternatives (closest: c is missing)'])
  })

  it('never looks at inherited properties', () => {
    const schema = { properties: { a: { type: 'string' } }, required: ['constructor'], additionalProperties: false }
    expect(problems(schema, { a: 'x' })).toEqual(['constructor is missing'])
    expect(problems({ $ref: '#/constructor' }, 1)).toEqual(['cannot be checked: #/constructor is not in the schema'])
    expect(problems({ additionalProperties: false }, JSON.parse('{"__proto__": 1}'))).toEqual([
      '__proto__ is not a known field',
    ])
  })
})

describe('hostile schemas and values', () => {
  it('a reference to itself ends', () => {
    expect(problems({ $ref: '#' }, 1)).toEqual(['is nested too deeply'])
  })

  it('what could not be checked to the end is not accepted by negating it', () => {
    expect(problems({ not: { $ref: '#/$defs/a' }, $defs: { a: { $ref: '#/$defs/a' } } }, 1)).toEqual([
      'is nested too deeply',
    ])
  })

  it('exponential alternatives end quickly', () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`d${n}`, { anyOf: [1, 2].map(() => ({ $ref: `#/$defs/d${n + 1}` })) }]),
    )
    const schema = { $ref: '#/$defs/d0', $defs: { ...$defs, d40: false } }
    const started = performance.now()
    expect(problems(schema, 1)).toEqual(['takes too much work to check'])
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  it('a pattern that would hang a backtracking engine is answered at once', () => {
    const started = performance.now()
    expect(accepts({ pattern: '^(a+)+$' }, `${'a'.repeat(5_000)}!`)).toBe(false)
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  it('a value nested 100,000 deep is refused without exhausting the stack', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as Json
    expect(problems({ enum: [1] }, deep)).toEqual(['is nested too deeply'])
  })

  it('takes a value as deep as anything may be, through references', () => {
    const list = { $ref: '#/$defs/list', $defs: { list: { items: { $ref: '#/$defs/list' } } } }
    const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as Json
    expect(accepts(list, nested(64))).toBe(true)
    expect(accepts(list, nested(66))).toBe(false)
  })

  it('a pattern it cannot run is a problem, not a pass', () => {
    expect(accepts({ pattern: '(?=a)b' }, 'b')).toBe(false)
    expect(accepts({ not: { pattern: '(?=a)b' } }, 'b')).toBe(false)
  })
})

describe('laws', () => {
  const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>

  it('every value fits the schema that names it as const or only enum', () => {
    fc.assert(fc.property(json, (value) => accepts({ const: value }, value) && accepts({ enum: [value] }, value)))
  })

  it('a schema and its negation never agree', () => {
    const schemas: Json[] = [
      { type: 'string' },
      { minimum: 0 },
      { minItems: 1 },
      { required: ['a'] },
      { enum: [1, 'a'] },
    ]
    fc.assert(
      fc.property(json, fc.constantFrom(...schemas), (value, schema) => {
        expect(accepts({ not: schema }, value)).toBe(!accepts(schema, value))
      }),
    )
  })

  it('allOf, anyOf and oneOf count as they say', () => {
    const atom: fc.Arbitrary<Json> = fc.constantFrom<Json>(
      true,
      false,
      { type: 'number' },
      { type: 'array' },
      { minimum: 1 },
    )
    fc.assert(
      fc.property(json, fc.array(atom, { minLength: 1, maxLength: 4 }), (value, parts) => {
        const fitting = parts.filter((part) => accepts(part, value)).length
        expect(accepts({ allOf: parts }, value)).toBe(fitting === parts.length)
        expect(accepts({ anyOf: parts }, value)).toBe(fitting > 0)
        expect(accepts({ oneOf: parts }, value)).toBe(fitting === 1)
      }),
    )
  })
})

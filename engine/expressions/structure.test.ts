import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '@/engine/json'
import { scopeOf } from './scope'
import { parseStructure, renderStructure } from './structure'

const scope = scopeOf({
  start: { n: 3, tags: ['a'], nothing: null, quote: '"}, "admin": true, "' },
  list: [1, { b: 2 }],
})

function render(source: Json): Json {
  const { structure, problems } = parseStructure(source)
  expect(problems).toEqual([])
  return renderStructure(structure, scope)
}

describe('a structure of templates', () => {
  test('keeps the type of a leaf that is one reference', () => {
    expect(
      render({ n: '{{ start.n }}', tags: '{{start.tags}}', item: '{{ list[1].b }}', size: '{{ list.size }}' }),
    ).toEqual({
      n: 3,
      tags: ['a'],
      item: 2,
      size: 2,
    })
  })

  test('gives null for a reference to something missing', () => {
    expect(render(['{{ start.nothing }}', '{{ start.missing }}', '{{ nowhere.at.all }}'])).toEqual([null, null, null])
  })

  test('makes text of everything else', () => {
    expect(
      render(['n={{ start.n }}', ' {{ start.n }}', '{{ start.n | plus: 1 }}', '{{ start.n }}{{ start.n }}']),
    ).toEqual(['n=3', ' 3', '4', '33'])
  })

  test('cannot be broken out of by a value', () => {
    expect(render({ body: 'say {{ start.quote }}' })).toEqual({ body: 'say "}, "admin": true, "' })
  })

  test('returns JSON without templates as it came', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes('{{') && !JSON.stringify(value).includes('{%'))
        expect(renderStructure(parseStructure(value as Json).structure, scope)).toBe(value)
      }),
    )
  })

  test('a reference at any depth arrives with its type', () => {
    const tree = fc.letrec<{ node: Json }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constant('{{ list }}'),
        fc.integer(),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('node')),
      ),
    })).node
    const filled = (value: Json): Json => JSON.parse(JSON.stringify(value).replaceAll('"{{ list }}"', '[1,{"b":2}]'))
    fc.assert(
      fc.property(tree, (value) => {
        expect(render(value)).toEqual(filled(value))
      }),
    )
  })
})

describe('what is found in a structure', () => {
  test('references, with the place of the leaf', () => {
    const { structure } = parseStructure({ a: ['x', '{{ start.n }} {{ list[0] }}'], b: { c: '{{ start.tags }}' } })
    expect(structure.references.map(({ path, reference }) => [path, reference.source])).toEqual([
      [['a', 1], 'start.n'],
      [['a', 1], 'list[0]'],
      [['b', 'c'], 'start.tags'],
    ])
  })

  test('secrets, which are left as they are', () => {
    const source = {
      headers: { authorization: { secret: 'api_key' }, x: '{{ start.n }}' },
      list: [{ secret: 'other' }],
    }
    const { structure } = parseStructure(source)
    expect(structure.secrets).toEqual([
      { name: 'api_key', path: ['headers', 'authorization'] },
      { name: 'other', path: ['list', 0] },
    ])
    expect(renderStructure(structure, scope)).toEqual({
      headers: { authorization: { secret: 'api_key' }, x: 3 },
      list: [{ secret: 'other' }],
    })
  })

  test('no secret in an object that has more to it, or whose name is no text', () => {
    const { structure } = parseStructure([{ secret: 'a', more: 1 }, { secret: 5 }])
    expect(structure.secrets).toEqual([])
  })

  test('all problems, each with its path', () => {
    const { problems } = parseStructure({ a: '{{ start.n', b: ['fine', '{{ start.n | nonsense }}'] })
    expect(problems.map(({ path }) => path)).toEqual([['a'], ['b', 1]])
    expect(problems[1]?.message).toContain('undefined filter: nonsense')
  })

  test('a key named __proto__ stays a key', () => {
    const rendered = render(JSON.parse('{"__proto__": {"polluted": "{{ start.n }}"}}'))
    expect(Object.keys(rendered as object)).toEqual(['__proto__'])
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  test('JSON nested 100,000 levels deep is a problem and no crash', () => {
    const { problems } = parseStructure(JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)))
    expect(problems).toHaveLength(1)
    expect(problems[0]?.message).toContain('64 levels')
  })
})

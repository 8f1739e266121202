import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkFields, type InputField, readInput } from './input'
import type { Json } from './json'

const file = { file: 'f1', name: 'a.txt', type: 'text/plain', size: 3 }
const fields: InputField[] = [
  { name: 'topic', type: 'text', required: true },
  { name: 'count', type: 'number', default: 3 },
  { name: 'loud', type: 'boolean' },
  { name: 'tone', type: 'choice', choices: ['warm', 'cold'] },
  { name: 'extra', type: 'json' },
  { name: 'paper', type: 'file' },
]
const problemsOf = (given: Json): string[] => {
  const reading = readInput(fields, given)
  return reading.ok ? [] : reading.problems.map(({ path, message }) => `${path} ${message}`)
}

describe('the input of a run', () => {
  it('has every field: what was left out is its default, or null', () => {
    expect(readInput(fields, { topic: 'tea' })).toEqual({
      ok: true,
      value: { topic: 'tea', count: 3, loud: null, tone: null, extra: null, paper: null },
    })
    expect(readInput([], null)).toEqual({ ok: true, value: {} })
  })

  it('takes values of the right type as they are', () => {
    const given = { topic: '', count: 0, loud: false, tone: 'cold', extra: [1, { a: null }], paper: file }
    expect(readInput(fields, given)).toEqual({ ok: true, value: given })
  })

  it('names every problem at once and converts nothing', () => {
    expect(problemsOf({ count: '5', loud: 'yes', tone: 'hot', paper: 'a.txt', more: 1 })).toEqual([
      'more is not a field of this workflow; it has topic, count, loud, tone, extra, paper',
      'topic is required',
      'count must be a number',
      'loud must be true or false',
      'tone must be one of "warm", "cold"',
      'paper must be a file: {file, name, type, size}',
    ])
    expect(problemsOf({ topic: null })).toEqual(['topic is required'])
    for (const odd of ['tea', 5, [], true]) expect(problemsOf(odd)).toEqual([' must be an object of the fields'])
  })

  it('never takes a key that is no field, whatever it is called', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString')), (key) => {
        fc.pre(!fields.some(({ name }) => name === key))
        const given = Object.fromEntries([
          ['topic', 'tea'],
          [key, 1],
        ])
        expect(readInput(fields, given).ok).toBe(false)
      }),
    )
  })
})

describe('the fields of an input', () => {
  it('may not share a name, lack choices, or have a default that does not fit', () => {
    const wrong: InputField[] = [
      { name: 'a', type: 'text' },
      { name: 'a', type: 'number', default: 'x' },
      { name: 'b', type: 'choice' },
      { name: 'c', type: 'choice', choices: ['x'], default: 'y' },
      { name: 'd', type: 'text', choices: ['x'] },
    ]
    expect(checkFields(wrong, 'fields').map(({ code, field }) => [code, field])).toEqual([
      ['duplicate_name', 'fields.1.name'],
      ['invalid_config', 'fields.1.default'],
      ['invalid_config', 'fields.2.choices'],
      ['invalid_config', 'fields.3.default'],
      ['invalid_config', 'fields.4.choices'],
    ])
    expect(checkFields(fields, 'fields')).toEqual([])
  })
})

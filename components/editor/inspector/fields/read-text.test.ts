import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '@/engine/json'
import { printJson, printLoose, printNumber, readJson, readLoose, readNumber, readNumberOrText } from './read-text'

const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value).replaceAll('__proto__', 'x')) as Json)

describe('what is typed', () => {
  test('as JSON comes back as it was printed', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(readJson(printJson(value))).toEqual({ ok: true, value })
      }),
    )
  })

  test('as data or text comes back as it was printed', () => {
    const value = fc.oneof(json, fc.string(), fc.constantFrom('5', 'true', '"a"', '', '{{ a }}', ' 5'))
    fc.assert(
      fc.property(value, (given) => {
        expect(readLoose(printLoose(given))).toEqual({ ok: true, value: given })
      }),
    )
  })

  test('as a number may use a comma, and must keep to the limits', () => {
    const limits = { whole: false, min: 0, max: 2 }
    expect(readNumber('0,5', limits)).toEqual({ ok: true, value: 0.5 })
    expect(readNumber(' ', limits)).toEqual({ ok: true, value: undefined })
    expect(readNumber('3', limits)).toEqual({ ok: false, sentence: 'This must be at most 2.' })
    expect(readNumber('-1', limits)).toEqual({ ok: false, sentence: 'This must be at least 0.' })
    expect(readNumber('much', limits)).toEqual({ ok: false, sentence: '“much” is no number.' })
    expect(readNumber('1.5', { whole: true })).toEqual({ ok: false, sentence: 'This must be a whole number.' })
  })

  test('as a number or a template is the one it looks like', () => {
    expect(readNumberOrText('60')).toEqual({ ok: true, value: 60 })
    expect(readNumberOrText('{{ start.n }}')).toEqual({ ok: true, value: '{{ start.n }}' })
    expect(printNumber('{{ start.n }}')).toBe('{{ start.n }}')
  })

  test('and is no JSON gets a sentence with the line', () => {
    const reading = readJson('{\n  "a": 1,\n  "b" 2\n}')
    expect(reading).toEqual({ ok: false, sentence: expect.stringContaining('(line 3)') })
  })

  test('is refused where a graph could not keep it', () => {
    expect(readJson('{"__proto__": 1}').ok).toBe(false)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import { makeRef, previewOf } from '@/engine/payload'
import { wholeValue } from './wire-value'

const bare = (value: Json) => {
  const { ref } = makeRef(value, () => 'hash')
  return { hash: ref.hash, size: ref.size, preview: previewOf(ref) }
}

describe('a value that came with its event', () => {
  it('is exactly what was recorded, or not taken for it at all', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 700 }),
      fc.jsonValue().map((raw) => JSON.parse(JSON.stringify(raw)) as Json),
      fc.array(fc.string(), { maxLength: 80 }),
    )
    fc.assert(
      fc.property(value, (original) => {
        const whole = wholeValue(bare(original))
        if (whole) expect(whole.value).toEqual(original)
        else expect(JSON.stringify(original).length).toBeGreaterThan(500)
      }),
      { numRuns: 500 },
    )
  })

  it('tells a number from a text that looks like one', () => {
    expect(wholeValue(bare('5'))).toEqual({ value: '5' })
    expect(wholeValue(bare(5))).toEqual({ value: 5 })
    expect(wholeValue(bare('{"a":1}'))).toEqual({ value: '{"a":1}' })
  })

  it('is asked for when it was cut off', () => {
    expect(wholeValue(bare('x'.repeat(501)))).toBeNull()
    expect(wholeValue(bare('x'.repeat(500)))).toEqual({ value: 'x'.repeat(500) })
  })
})

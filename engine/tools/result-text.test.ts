import { describe, expect, it } from 'vitest'
import { resultText } from '@/engine/tools/result-text'

describe('resultText', () => {
  it('shows text as it is and anything else as JSON', () => {
    expect(resultText('a "quote"')).toBe('a "quote"')
    expect(resultText({ a: [1, null] })).toBe('{"a":[1,null]}')
  })

  it('cuts between characters and says how much there was', () => {
    expect(resultText('üüü', 5)).toBe('üü\n[cut: the first 5 of 6 bytes]')
    expect(resultText('üü', 4)).toBe('üü')
    expect(resultText('x'.repeat(200_000)).length).toBeLessThan(100_100)
  })
})

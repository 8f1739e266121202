import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffParts, diffTexts } from './text-diff'

const words = fc.array(fc.constantFrom('tea', 'is', 'hot', 'a', 'drink'), { maxLength: 14 })
const side = (pieces: readonly { type: string; text: string }[], other: string) =>
  pieces.filter(({ type }) => type !== other).map(({ text }) => text)

/** The length of the longest common subsequence, the slow and obvious way. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const rows = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let x = 1; x <= a.length; x++) {
    for (let y = 1; y <= b.length; y++) {
      const row = rows[x]
      const above = rows[x - 1]
      if (!row || !above) continue
      row[y] = a[x - 1] === b[y - 1] ? (above[y - 1] ?? 0) + 1 : Math.max(above[y] ?? 0, row[y - 1] ?? 0)
    }
  }
  return rows.at(-1)?.at(-1) ?? 0
}

describe('the difference of two texts', () => {
  it('holds both texts whole, and as much of them in common as there is', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        const pieces = diffParts(a, b)
        expect(side(pieces, 'added')).toEqual(a)
        expect(side(pieces, 'removed')).toEqual(b)
        expect(pieces.filter(({ type }) => type === 'same')).toHaveLength(longestCommon(a, b))
      }),
      { numRuns: 300 },
    )
  })

  it('never loses a character, whatever the texts are', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 })
    fc.assert(
      fc.property(text, text, (a, b) => {
        const pieces = diffTexts(a, b)
        expect(side(pieces, 'added').join('')).toBe(a)
        expect(side(pieces, 'removed').join('')).toBe(b)
      }),
    )
  })

  it('is told word by word', () => {
    expect(diffTexts('Tea is hot.', 'Tea is cold.')).toEqual([
      { type: 'same', text: 'Tea is ' },
      { type: 'removed', text: 'hot' },
      { type: 'added', text: 'cold' },
      { type: 'same', text: '.' },
    ])
  })

  it('of two long texts without anything in common is found without endless work', () => {
    const long = (word: string) => Array.from({ length: 9_000 }, (_, index) => `${word}${index}`).join(' ')
    const pieces = diffTexts(long('a'), long('b'))
    expect(side(pieces, 'added').join('')).toBe(long('a'))
    expect(side(pieces, 'removed').join('')).toBe(long('b'))
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editDistance, nearest, suggestion } from '@/engine/graph/nearest'

describe('the nearest name', () => {
  test.each([
    ['strat', ['stop', 'start', 'state'], 'start'],
    ['promt', ['prompt', 'model'], 'prompt'],
    ['Prompt', ['prompt'], 'prompt'],
    ['a', ['b', 'done'], 'b'],
    ['xyz', ['start', 'done'], null],
    ['same', ['same'], null],
  ])('to %s among %j is %s', (name, candidates, wanted) => {
    expect(nearest(name, candidates)).toBe(wanted)
  })

  test('is as far from one name as from the other, and never further than the longer one is long', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
        expect(editDistance(a, b) === 0).toBe(a === b)
      }),
    )
  })

  test('is suggested in a sentence, or a dozen names when none is near', () => {
    expect(suggestion('strat', ['start'])).toBe(' Did you mean `start`?')
    expect(suggestion('zzzzz', ['start', 'done'])).toBe(' Known: `start`, `done`.')
    expect(suggestion('zzzzz', [])).toBe('')
    expect(
      suggestion(
        'zzzzz',
        Array.from({ length: 20 }, (_, index) => `n${index}`),
      ),
    ).toContain('`n11`, ….')
  })
})

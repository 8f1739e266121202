import { describe, expect, test } from 'vitest'
import { type Draft, isCurrent, newDraftShelf } from './drafts'

const broken = (text: string): Draft => ({ text, reading: { ok: false, sentence: 'This is no JSON yet.' } })

describe('the shelf of drafts', () => {
  test('keeps what was typed by node and field', () => {
    const shelf = newDraftShelf()
    shelf.put('a', ['body'], broken('{'))
    expect(shelf.get('a', ['body'])?.text).toBe('{')
    expect(shelf.get('b', ['body'])).toBeUndefined()
    shelf.drop('a', ['body'])
    expect(shelf.get('a', ['body'])).toBeUndefined()
  })

  test('moves with the items of a list, and goes with the one that is removed', () => {
    const shelf = newDraftShelf()
    for (const index of [0, 1, 2]) shelf.put('a', ['fields', index, 'default'], broken(`draft ${index}`))
    shelf.put('a', ['other', 0], broken('stays'))
    shelf.renumber('a', ['fields'], (index) => (index === 0 ? null : index - 1))
    expect([0, 1, 2].map((index) => shelf.get('a', ['fields', index, 'default'])?.text)).toEqual([
      'draft 1',
      'draft 2',
      undefined,
    ])
    expect(shelf.get('a', ['other', 0])?.text).toBe('stays')
  })

  test('swaps the drafts of two items', () => {
    const shelf = newDraftShelf()
    shelf.put('a', ['fields', 0, 'x'], broken('first'))
    shelf.put('a', ['fields', 1, 'x'], broken('second'))
    shelf.renumber('a', ['fields'], (index) => 1 - index)
    expect(shelf.get('a', ['fields', 0, 'x'])?.text).toBe('second')
    expect(shelf.get('a', ['fields', 1, 'x'])?.text).toBe('first')
  })

  test('tells whoever listens', () => {
    const shelf = newDraftShelf()
    let told = 0
    const stop = shelf.subscribe(() => {
      told += 1
    })
    shelf.put('a', ['x'], broken('1'))
    stop()
    shelf.put('a', ['x'], broken('2'))
    expect(told).toBe(1)
  })
})

describe('a draft is shown', () => {
  test('as long as it cannot be read, whatever the graph holds', () => {
    expect(isCurrent(broken('{'), { a: 1 })).toBe(true)
  })

  test('in its own spelling while the graph holds what came of it, and no longer after an undo', () => {
    const draft: Draft = { text: '{ "a":1 }', reading: { ok: true, value: { a: 1 } } }
    expect(isCurrent(draft, { a: 1 })).toBe(true)
    expect(isCurrent(draft, { a: 2 })).toBe(false)
    expect(isCurrent(draft, undefined)).toBe(false)
  })
})

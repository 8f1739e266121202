import { describe, expect, it } from 'vitest'
import type { InputField } from '@/engine/input'
import { keepLastValues, readLastValues } from './last-values'

const fields: InputField[] = [
  { name: 'topic', type: 'text' },
  { name: 'count', type: 'number' },
  { name: 'quick', type: 'boolean' },
  { name: 'where', type: 'choice', choices: ['blog', 'letter'] },
  { name: 'paper', type: 'file' },
]
function shelf(first: Record<string, string> = {}) {
  const kept = new Map(Object.entries(first))
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
}

describe('the values of the last run', () => {
  it('are there the next time, of the same workflow only, without files', () => {
    const storage = shelf()
    const draft = { topic: 'tea', count: '3', quick: true, where: 'blog', paper: '{"file":"x"}' }
    keepLastValues('a', fields, draft, storage)
    expect(readLastValues('a', fields, storage)).toEqual({ topic: 'tea', count: '3', quick: true, where: 'blog' })
    expect(readLastValues('b', fields, storage)).toEqual({})
  })

  it('are left out where the field has become another one', () => {
    const storage = shelf()
    keepLastValues('a', fields, { topic: 'tea', quick: true, where: 'blog' }, storage)
    const changed: InputField[] = [
      { name: 'topic', type: 'boolean' },
      { name: 'quick', type: 'text' },
      { name: 'where', type: 'choice', choices: ['mail'] },
    ]
    expect(readLastValues('a', changed, storage)).toEqual({})
  })

  it('are none when what was kept can not be read, or nothing can be kept', () => {
    expect(readLastValues('a', fields, shelf({ 'input:a': '{"topic' }))).toEqual({})
    expect(readLastValues('a', fields, shelf({ 'input:a': '[3]' }))).toEqual({})
    const full = {
      ...shelf(),
      setItem: () => {
        throw new Error('full')
      },
    }
    expect(() => keepLastValues('a', fields, { topic: 'tea' }, full)).not.toThrow()
  })
})

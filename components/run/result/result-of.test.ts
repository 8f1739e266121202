import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import { fieldTitle } from './field-title'
import { resultOf } from './result-of'

const usage = { inputTokens: 3 }
const shown = (value: Json) => {
  const result = resultOf(value)
  return result.type === 'fields' ? result.fields.map((field) => [field.title, field.value]) : result.type
}

describe('what came out of a run', () => {
  it('is read part by part: texts as words, numbers and answers plainly, what lies deeper as data', () => {
    const value = {
      post: '# Tea\n\n**Hot**',
      mail_subject: { text: 'Come', usage },
      words: 12,
      sent: false,
      more: [{ a: 1 }],
    }
    expect(shown(value)).toEqual([
      ['Post', { type: 'words', text: '# Tea\n\n**Hot**' }],
      ['Mail subject', { type: 'words', text: 'Come' }],
      ['Words', { type: 'plain', text: '12' }],
      ['Sent', { type: 'plain', text: 'No' }],
      ['More', { type: 'data', text: '[\n  {\n    "a": 1\n  }\n]' }],
    ])
  })

  it('is said to be nothing where no branch led to it', () => {
    expect(resultOf(null)).toEqual({ type: 'nothing' })
    expect(shown({ post: null })).toEqual([['Post', { type: 'nothing' }]])
  })

  it('is shown as it is when it is a text, an answer, a number, empty or too much', () => {
    const many = Object.fromEntries(Array.from({ length: 61 }, (_, index) => [`f${index}`, index]))
    for (const value of ['Tea', { text: 'Tea', usage }, 4, {}, [], [1, 'a'], many]) {
      expect(resultOf(value)).toEqual({ type: 'value' })
    }
  })

  it('is read item by item when it is a list of texts', () => {
    expect(shown(['One', { text: 'Two', usage }])).toEqual([
      ['Item 1', { type: 'words', text: 'One' }],
      ['Item 2', { type: 'words', text: 'Two' }],
    ])
  })

  it('is the data of an agent that was asked for data', () => {
    const data = { score: 4 }
    expect(shown({ text: JSON.stringify(data), data, usage })).toEqual([['Score', { type: 'plain', text: '4' }]])
    expect(resultOf({ text: 'Well done.', data, usage })).toEqual({ type: 'value' })
  })

  it('keeps every field, whatever it is called', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string(), { minKeys: 1, maxKeys: 8 }), (value) => {
        const result = resultOf(value)
        expect(result.type === 'fields' && result.fields.map(({ key }) => key)).toEqual(Object.keys(value))
      }),
    )
  })
})

it.each([
  ['maxRounds', 'Max rounds'],
  ['mail_subject', 'Mail subject'],
  ['postURL', 'Post URL'],
  ['URL', 'URL'],
  ['What it is', 'What it is'],
  ['<b>', '<b>'],
])('the name %s reads as %s', (name, title) => {
  expect(fieldTitle(name)).toBe(title)
})

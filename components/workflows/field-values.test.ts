import { describe, expect, it } from 'vitest'
import type { InputField } from '@/engine/input'
import { emptyDraft, labelOf, readDraftValues, typedOver } from './field-values'

const fields: InputField[] = [
  { name: 'topic', type: 'text', required: true },
  { name: 'size', type: 'number', default: 3 },
  { name: 'loud', type: 'boolean' },
  { name: 'extra', type: 'json', default: { a: 1 } },
  { name: 'tone', type: 'choice', choices: ['warm', 'dry'], default: 'dry' },
]

describe('a form made from fields', () => {
  it('starts with the defaults', () => {
    expect(emptyDraft(fields)).toEqual({ topic: '', size: '3', loud: false, extra: '{\n  "a": 1\n}', tone: 'dry' })
  })

  it('takes over what was typed into another form where it fits', () => {
    const typed = { topic: 'tea', loud: 'yes', size: '5', gone: 'x' }
    expect(typedOver(emptyDraft(fields), typed)).toEqual({ topic: 'tea', size: '5' })
  })

  it('gives each field the type that it asks for', () => {
    const draft = { topic: 'tea', size: ' 2,5 ', loud: true, extra: '[1, "a"]', tone: 'warm' }
    expect(readDraftValues(fields, draft)).toEqual({
      ok: true,
      values: { topic: 'tea', size: 2.5, loud: true, extra: [1, 'a'], tone: 'warm' },
    })
  })

  it('leaves out what is empty, so that the server takes the default', () => {
    const reading = readDraftValues(fields, { ...emptyDraft(fields), topic: 'tea', size: '', extra: '', tone: '' })
    expect(reading).toEqual({ ok: true, values: { topic: 'tea', loud: false } })
  })

  it('names every field that is wrong at once', () => {
    const reading = readDraftValues(fields, { ...emptyDraft(fields), size: 'many', extra: '{a: 1}' })
    expect(reading.ok || Object.keys(reading.problems)).toEqual(['topic', 'size', 'extra'])
  })

  it('makes a label of a name that has none', () => {
    expect(labelOf({ name: 'due_date', type: 'text' })).toBe('Due date')
    expect(labelOf({ name: 'due_date', type: 'text', label: 'By when?' })).toBe('By when?')
  })
})

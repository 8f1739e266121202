import { describe, expect, test } from 'vitest'
import type { UpstreamValue } from '@/engine/plan/upstream'
import { previewOf } from './preview'

const node = (name: string, rest: Partial<UpstreamValue>): UpstreamValue => ({
  name,
  from: { type: 'node', id: name, kind: 'agent', title: name },
  fields: null,
  ...rest,
})
const upstream = [node('write', { value: { text: 'Tea', n: 3 } }), node('later', {})]

describe('the preview', () => {
  test('renders text, conditions, values and structures with the last values', () => {
    expect(previewOf('text', 'About {{ write.text }}', upstream)).toEqual({ type: 'value', value: 'About Tea' })
    expect(previewOf('condition', 'write.n > 2', upstream)).toEqual({ type: 'value', value: true })
    expect(previewOf('value', 'write.n + 1', upstream)).toEqual({ type: 'value', value: 4 })
    expect(previewOf('structure', { n: '{{ write.n }}' }, upstream)).toEqual({ type: 'value', value: { n: 3 } })
  })

  test('says which values no run has given yet', () => {
    expect(previewOf('text', '{{ later.text }}', upstream)).toEqual({ type: 'unknown', names: ['later'] })
  })

  test('is silent where nothing would change, and about names that the compiler speaks of', () => {
    expect(previewOf('text', 'Plain words', upstream)).toEqual({ type: 'fixed' })
    expect(previewOf('text', '{{ nobody.text }}', upstream)).toEqual({ type: 'fixed' })
    expect(previewOf('condition', '', upstream)).toEqual({ type: 'fixed' })
  })

  test('tells what is wrong as a sentence', () => {
    const broken = previewOf('condition', 'write.n >', upstream)
    expect(broken.type === 'problem' && broken.sentence).toMatch(/\.$/)
    const wrong = previewOf('condition', 'write.n', upstream)
    expect(wrong).toEqual({ type: 'problem', sentence: expect.stringContaining('true or false') })
  })
})

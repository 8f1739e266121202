import { describe, expect, it } from 'vitest'
import { specs } from '@/nodes/registry/specs'
import { views } from '@/nodes/registry/views'

describe('how kinds look', () => {
  it('every kind has a face, called and coloured as its spec says', () => {
    expect(Object.keys(views).sort()).toEqual(Object.keys(specs).sort())
    for (const [kind, spec] of Object.entries(specs)) {
      expect(views[kind]).toMatchObject({ kind, title: spec.title, family: spec.family })
    }
  })

  it.each([
    ['agent', { model: 'fast', instructions: 'You\nwrite.' }, 'fast · You write.'],
    ['condition', { expression: 'start.n > 10' }, 'start.n > 10'],
    ['http', { url: 'https://example.org/{{ a }}' }, 'GET https://example.org/{{ a }}'],
    ['map', { items: 'start.list' }, 'each of start.list, 10 at once'],
    ['wait', { seconds: 30 }, '30 s'],
  ])('the face of %s says in one line what the node does', (kind, config, line) => {
    expect(views[kind]?.line(config)).toBe(line)
  })

  it('a config that can not be read yet has no line instead of an error', () => {
    for (const view of Object.values(views)) expect(view.line({ nonsense: [] })).toBe('')
  })

  it('a long text is cut to one line', () => {
    const line = views.condition?.line({ expression: `start.n > ${'1'.repeat(500)}` }) ?? ''
    expect(line.length).toBeLessThanOrEqual(90)
    expect(line.endsWith('…')).toBe(true)
  })
})

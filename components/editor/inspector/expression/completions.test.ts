import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseTemplate } from '@/engine/expressions/template'
import type { UpstreamValue } from '@/engine/plan/upstream'
import { complete, completionsAt } from './completions'
import type { EditorLanguage } from './tokens'

const upstream: readonly UpstreamValue[] = [
  {
    name: 'write',
    from: { type: 'node', id: 'write', kind: 'agent', title: 'Writer' },
    fields: ['text', 'usage'],
    value: { text: 'Tea is a drink.', usage: { inputTokens: 3 } },
  },
  { name: 'input', from: { type: 'arrives' }, fields: null },
  {
    name: 'start',
    from: { type: 'node', id: 'start', kind: 'input', title: 'Input' },
    fields: ['topics'],
    value: { topics: [{ title: 'tea' }, { title: 'rice' }] },
  },
]

/** `|` is the caret. */
function at(marked: string, language: EditorLanguage = 'text') {
  const caret = marked.indexOf('¦')
  const text = marked.replace('¦', '')
  const offer = completionsAt(text, caret, { upstream, language })
  return { text, offer, labels: offer?.items.map(({ label }) => label) ?? null }
}

function accept(marked: string, label: string, language: EditorLanguage = 'text'): string {
  const { text, offer } = at(marked, language)
  const chosen = offer?.items.find((item) => item.label === label)
  if (!offer || !chosen) throw new Error(`${label} is not offered in ${marked}`)
  const done = complete(text, offer, chosen, language)
  return `${done.text.slice(0, done.caret)}¦${done.text.slice(done.caret)}`
}

describe('completions in a template', () => {
  test('begin with two braces and offer every name, with where it is from and what it was', () => {
    const { offer, labels } = at('About {{¦')
    expect(labels).toEqual(['write', 'input', 'start'])
    expect(offer?.items[0]).toMatchObject({ about: 'Writer', preview: '2 fields', opens: true })
  })

  test('are not there in plain words, behind closed braces and in quotes', () => {
    expect(at('wri¦').labels).toBeNull()
    expect(at('{{ write.text }} wri¦').labels).toBeNull()
    expect(at('{{ write.text | append: "sta¦').labels).toBeNull()
  })

  test('narrow down with what is typed, beginnings first', () => {
    expect(at('{{ st¦').labels).toEqual(['start'])
    expect(at('{{ t¦').labels).toEqual(['write', 'input', 'start'])
    expect(at('{{ xyz¦').labels).toBeNull()
  })

  test('go into fields, items and the fields of items', () => {
    expect(at('{{ write.¦').labels).toEqual(['text', 'usage'])
    expect(at('{{ write.usage.¦ }}').labels).toEqual(['inputTokens'])
    expect(at('{{ start.topics[¦').labels).toEqual(['0', '1'])
    expect(at('{{ start.topics[1].¦').labels).toEqual(['title'])
    expect(at('{{ start.topics[1].¦').offer?.items[0]?.preview).toBe('“rice”')
  })

  test('offer filters behind a bar', () => {
    expect(at('{{ write.text | trunc¦').labels).toEqual(['truncate', 'truncatewords'])
  })

  test('work in tags and in the texts of a structure', () => {
    expect(at('{% if wr¦ %}').labels).toEqual(['write'])
    expect(at('{"a": "{{ sta¦ }}"}', 'structure').labels).toEqual(['start'])
    expect(at('{"sta¦": 1}', 'structure').labels).toBeNull()
  })

  test('are silent when the word is complete already', () => {
    expect(at('{{ start¦ }}').labels).toBeNull()
  })
})

describe('completions in a condition', () => {
  test('offer names and functions, and methods behind a dot', () => {
    expect(at('s¦', 'condition').labels).toEqual(['start', 'size', 'string'])
    expect(at('write.text.startsW¦', 'condition').labels).toEqual(['startsWith'])
  })

  test('keep away from numbers and texts', () => {
    expect(at('write.usage.inputTokens > 1¦', 'condition').labels).toBeNull()
    expect(at('write.text == "wri¦"', 'condition').labels).toBeNull()
  })
})

describe('a chosen completion', () => {
  test('closes the braces and stays inside while there are fields to go on with', () => {
    expect(accept('A {{¦', 'write')).toBe('A {{ write¦ }}')
    expect(accept('A {{ write.te¦', 'text')).toBe('A {{ write.text }}¦')
  })

  test('takes the place of the whole word and leaves closed braces alone', () => {
    expect(accept('{{ w¦rit }} end', 'write')).toBe('{{ write¦ }} end')
    expect(accept('{{ write.t¦ }} and {{ input }}', 'text')).toBe('{{ write.text¦ }} and {{ input }}')
    expect(accept('{{ write.t¦ and {{ input }}', 'text')).toBe('{{ write.text }}¦ and {{ input }}')
  })

  test('closes the bracket of an item', () => {
    expect(accept('size(start.topics[¦', '1', 'value')).toBe('size(start.topics[1]¦')
  })

  test('puts the caret between the brackets of a function', () => {
    expect(accept('siz¦', 'size', 'condition')).toBe('size(¦)')
  })

  test('in a template always leaves one that can be read', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('{{', 'a {{ ', '{{ write.', '{{ wri', '{{ start.topics['),
        fc.nat(5),
        (start, pick) => {
          const { text, offer } = at(`${start}¦`)
          const chosen = offer?.items[pick % offer.items.length]
          if (!offer || !chosen) throw new Error(`nothing is offered for ${start}`)
          expect(parseTemplate(complete(text, offer, chosen, 'text').text).ok).toBe(true)
        },
      ),
    )
  })
})

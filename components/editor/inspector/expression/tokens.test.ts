import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EditorLanguage, tokenize } from './tokens'

const shown = (text: string, language: EditorLanguage): string[] =>
  tokenize(text, language).flatMap(({ kind, text: part }) => (kind === 'plain' ? [] : [`${kind}:${part}`]))

const languages: readonly EditorLanguage[] = ['text', 'structure', 'condition', 'value', 'code', 'json', 'plain']
const pieces = fc.constantFrom(
  '{{',
  '}}',
  '{%',
  '%}',
  '"',
  "'",
  '`',
  '\\',
  '|',
  '.',
  'a',
  'in',
  '1',
  ' ',
  '\n',
  '//',
  '/*',
  ':',
)

describe('colouring', () => {
  test.each(languages)('never changes the text (%s)', (language) => {
    const anything = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(anything, (text) => {
        expect(
          tokenize(text, language)
            .map((token) => token.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })

  test('tells names, fields, filters and texts of a template apart', () => {
    expect(shown('Hi {{ write.text | truncate: 20, "…" }}!', 'text')).toEqual([
      ...['mark:{{', 'name:write', 'sign:.', 'field:text', 'sign:|', 'call:truncate', 'sign::', 'number:20', 'sign:,'],
      ...['text:"…"', 'mark:}}'],
    ])
  })

  test('knows the words of tags', () => {
    expect(shown('{% if a contains "x" %}', 'text')).toEqual([
      ...['mark:{%', 'word:if', 'name:a', 'word:contains', 'text:"x"', 'mark:%}'],
    ])
  })

  test('of an output that is still being written ends with its line', () => {
    expect(shown('{{ a.\nplain words', 'text')).toEqual(['mark:{{', 'name:a', 'sign:.'])
  })

  test('tells functions from names in a condition', () => {
    expect(shown('size(start.items) > 2 && a.b.contains("x") // why', 'condition')).toEqual([
      ...[
        'call:size',
        'sign:(',
        'name:start',
        'sign:.',
        'field:items',
        'sign:)',
        'sign:>',
        'number:2',
        'sign:&',
        'sign:&',
      ],
      ...['name:a', 'sign:.', 'field:b', 'sign:.', 'call:contains', 'sign:(', 'text:"x"', 'sign:)', 'comment:// why'],
    ])
  })

  test('finds templates in the texts of a structure and leaves its keys alone', () => {
    expect(shown('{"to": "{{ a }}", "n": -1}', 'structure')).toEqual([
      ...['sign:{', 'key:"to"', 'sign::', 'text:"', 'mark:{{', 'name:a', 'mark:}}', 'text:"', 'sign:,'],
      ...['key:"n"', 'sign::', 'number:-1', 'sign:}'],
    ])
  })

  test('of 200,000 characters does not hold up who types', () => {
    const text = 'Some words {{ write.text }} and more of them. '.repeat(4_300)
    const before = performance.now()
    tokenize(text, 'text')
    expect(performance.now() - before).toBeLessThan(2_000)
  })
})

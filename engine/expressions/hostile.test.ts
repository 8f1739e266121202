import { describe, expect, test } from 'vitest'
import { NodeError } from '@/engine/failure'
import type { JsonObject } from '@/engine/json'
import { evaluate, parseCondition } from './condition'
import { scopeOf } from './scope'
import { parseTemplate, renderText } from './template'

const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))
const deepToo = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))
const data: JsonObject = {
  big: 'y'.repeat(1_000_000),
  many: Array.from({ length: 10_000 }, (_, index) => index),
  same: Array.from({ length: 10_000 }, (_, index) => index),
  deep,
  deepToo,
  letters: 'a'.repeat(400_000),
  almost: `${'a'.repeat(200_000)}b`,
}

/** How it ended, which must be soon: a worker's event loop stands still meanwhile. */
function ending(action: () => { ok: false; message: string } | { ok: true; value: unknown }): string {
  const start = performance.now()
  let end: string
  try {
    const result = action()
    end = result.ok ? 'a value' : 'a problem'
  } catch (error) {
    if (!(error instanceof NodeError)) throw error
    end = error.failure.code
  }
  expect(performance.now() - start).toBeLessThan(6_000)
  return end
}

const condition = (source: string) =>
  ending(() => {
    const parsed = parseCondition(source)
    return parsed.ok ? { ok: true, value: evaluate(parsed.condition, scopeOf(data)) } : parsed
  })

const template = (source: string) =>
  ending(() => {
    const parsed = parseTemplate(source)
    return parsed.ok ? { ok: true, value: renderText(parsed.template, scopeOf(data)) } : parsed
  })

describe('a hostile condition ends soon', () => {
  test.each([
    ['backtracking pattern', 'big.matches("(y+)+$x")', 'a value'],
    ['alternatives in a repetition', 'big.matches("(y|yy)*z")', 'a value'],
    ['huge repetition', 'big.matches("(((y{1000}){1000}){1000})")', 'a problem'],
    ['a new pattern for every item', 'many.map(m, big.matches(string(m) + "(y|yy)*z"))', 'condition_failed'],
    ['100,000 brackets', '('.repeat(100_000), 'a problem'],
    ['9,000 brackets', '['.repeat(9_000), 'a problem'],
    ['9,000 negations', `${'!'.repeat(9_000)}true`, 'a problem'],
    ['9,000 fields', `a${'.a'.repeat(4_500)}`, 'a problem'],
    ['three loops in each other', 'many.all(a, many.all(b, many.all(c, a + b + c >= 0)))', 'condition_failed'],
    ['a list doubled 60 times', `["x"]${'.map(x, [x, x])'.repeat(60)}`, 'condition_failed'],
    ['a text doubled 60 times', `["x"]${'.map(x, x + x)'.repeat(60)}`, 'condition_failed'],
    ['10,000 copies of a long text', 'many.map(m, big)', 'condition_failed'],
    ['10,000 copies joined', 'many.map(m, big).join("")', 'condition_failed'],
    ['every letter replaced by a long text', 'big.replace("y", big)', 'condition_failed'],
    ['a long text looked for from the end', 'letters.lastIndexOf(almost) > 0', 'condition_failed'],
    ['a short text looked for from the end', 'letters.lastIndexOf("aa") > 0', 'a value'],
    ['10,000 comparisons of long lists', 'many.all(m, many == same)', 'condition_failed'],
    ['10,000 searches in a long list', 'many.all(m, m in same)', 'condition_failed'],
    ['comparison of 100,000 levels', 'deep == deepToo', 'condition_failed'],
  ])('%s', (_, source, expected) => expect(condition(source)).toBe(expected))
})

describe('a hostile template ends soon', () => {
  const doubled = (name: string) =>
    `{% assign ${name} = "x" | split: "" %}{% for i in (1..60) %}{% assign ${name} = ${name} | push: ${name} %}{% endfor %}`

  test.each([
    ['endless range', '{% for i in (1..100000000) %}x{% endfor %}', 'template_failed'],
    [
      'loops in each other',
      '{% for i in (1..9999) %}{% for j in (1..9999) %}x{% endfor %}{% endfor %}',
      'template_failed',
    ],
    [
      'a text doubled',
      '{% assign s = big %}{% for i in (1..99) %}{% assign s = s | append: s %}{% endfor %}',
      'template_failed',
    ],
    ['a long text 10,000 times', '{% for i in (1..10000) %}{{ big }}{% endfor %}', 'template_failed'],
    ['letters replaced by a long text', '{{ big | replace: "y", big }}', 'template_failed'],
    ['a long text looked for from the end', '{{ letters | remove_last: almost }}', 'template_failed'],
    ['a long text replaced from the end', '{{ letters | replace_last: almost, "x" }}', 'template_failed'],
    ['a short text replaced from the end', '{{ letters | replace_last: "aa", "x" }}', 'a value'],
    ['a list pushed into itself', `${doubled('a')}{{ a }}`, 'template_failed'],
    ['such lists compared', `${doubled('a')}${doubled('b')}{% if a == b %}{% endif %}`, 'template_failed'],
    [
      'long lists compared 50,000 times',
      '{% for i in (1..50000) %}{% if many == same %}{% endif %}{% endfor %}',
      'template_failed',
    ],
    ['wide padding', '{{ "now" | date: "%999999999Y" }}', 'template_failed'],
    ['9,000 open tags', `${'{% if a %}'.repeat(9_000)}x${'{% endif %}'.repeat(9_000)}`, 'a problem'],
    ['100,000 open brackets', `{{ a${'[a'.repeat(95_000)} }}`, 'a problem'],
    ['too long a source', `{{ a }}${'x'.repeat(200_000)}`, 'a problem'],
    ['10,000 assignments', '{% assign a = a %}'.repeat(10_000), 'a value'],
    ['data of 100,000 levels, printed plainly', '{{ deep }}', 'template_failed'],
    ['data of 100,000 levels, through a filter', '{{ deep | json }}', 'template_failed'],
  ])('%s', (_, source, expected) => expect(template(source)).toBe(expected))

  test('a long plain text with too much in it fails as well', () => {
    expect(template('{{ big }}'.repeat(11))).toBe('template_failed')
    expect(template('{{ big }}'.repeat(9))).toBe('a value')
  })
})

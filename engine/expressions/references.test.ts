import { Environment } from '@marcbachmann/cel-js'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '@/engine/json'
import { celReservedWords } from './cel/reserved-words'
import { evaluate, parseCondition } from './condition'
import type { Scope } from './scope'
import { parseTemplate, renderText } from './template'

const spying = (asked: Set<string>, values: JsonObject): Scope => ({
  get(name) {
    asked.add(name)
    return values[name]
  },
})

const sources = (references: readonly { source: string }[]) => references.map((reference) => reference.source)

describe('references of a condition', () => {
  test.each<[string, string[]]>([
    ['1 + 2', []],
    ['start.n > 3', ['start.n']],
    ['start.n > start.n', ['start.n']],
    ['a.b.c == d["e"][0].f', ['a.b.c', 'd.e[0].f']],
    ['a["with space"]', ['a["with space"]']],
    ['a.list[b.i].name', ['a.list', 'b.i']],
    ['a[b[c]]', ['a', 'b', 'c']],
    ['a.xs[-1]', ['a.xs']],
    ['a.xs.size() > size(b.ys)', ['a.xs', 'b.ys']],
    ['a.xs.all(x, x.ok && x.n > b.n)', ['a.xs', 'b.n']],
    ['xs.map(x, ys.map(y, x + y + z))', ['xs', 'ys', 'z']],
    ['x.filter(x, x.ok) == x', ['x']],
    ['has(a.b)', ['a.b']],
    ['(a.b).c', ['a.b.c']],
    ['a.f("x").g', []],
    ['a.trim().g', ['a']],
    ['{"k": a, b.key: c}', ['a', 'b.key', 'c']],
    ['a ? b : c', ['a', 'b', 'c']],
    ['item.name == each.item.name', ['item.name', 'each.item.name']],
  ])('%s: %j', (source, expected) => {
    const parsed = parseCondition(source)
    expect(parsed.ok ? sources(parsed.condition.references) : []).toEqual(expected)
  })

  test('keep numbers and names apart in their path', () => {
    const parsed = parseCondition('a.b[0]["c"]')
    expect(parsed.ok && parsed.condition.references).toEqual([{ root: 'a', path: ['b', 0, 'c'], source: 'a.b[0].c' }])
  })

  test('are all that an evaluation asks for', () => {
    const asked = new Set<string>()
    const parsed = parseCondition('xs.map(x, x + y[i]).size() > n && has(o.p)')
    if (!parsed.ok) throw new Error(parsed.message)
    const values = { xs: [1], y: [1], i: 0, n: 0, o: {} }
    evaluate(parsed.condition, spying(asked, values))
    expect([...asked].sort()).toEqual([...new Set(parsed.condition.references.map(({ root }) => root))].sort())
  })
})

describe('references of a template', () => {
  test.each<[string, string[]]>([
    ['plain', []],
    ['{{ start.topic }} {{ start.topic }} {{ a[0].b["c d"] }}', ['start.topic', 'a[0].b["c d"]']],
    ['{{ a.list[b.i].name }}', ['a.list', 'b.i']],
    ['{{ a | append: b.c | default: d, allow_false: e }}', ['a', 'b.c', 'd', 'e']],
    ['{% for row in rows %}{{ row.id }}{{ forloop.index }}{{ other }}{% endfor %}{{ row }}', ['rows', 'other', 'row']],
    ['{% for i in (a..b) limit: c offset: d %}{% endfor %}', ['a', 'b', 'c', 'd']],
    ['{% for x in xs %}{% else %}{{ nothing }}{% endfor %}', ['xs', 'nothing']],
    ['{% assign a = b.c %}{{ a.d }}', ['b.c']],
    ['{{ a }}{% assign a = 1 %}{{ a }}', ['a']],
    ['{% capture a %}{{ b }}{% endcapture %}{{ a }}', ['b']],
    [
      '{% if a.b == c and d contains "x" %}{{ e }}{% elsif f %}{% else %}{{ g }}{% endif %}',
      ['a.b', 'c', 'd', 'e', 'f', 'g'],
    ],
    ['{% case a %}{% when b, "x" %}{{ c }}{% else %}{{ d }}{% endcase %}', ['a', 'b', 'c', 'd']],
    ['{% unless a %}{{ b }}{% endunless %}', ['a', 'b']],
    ['{% cycle a, b %}{% echo c %}', ['a', 'b', 'c']],
    ['{% tablerow r in rows cols: n %}{{ r }}{{ tablerowloop.index }}{% endtablerow %}', ['rows', 'n']],
    ['{% increment counter %}{{ counter }}', []],
    ['{% liquid\nassign x = a\necho x\necho b %}', ['a', 'b']],
    ['{% raw %}{{ a }}{% endraw %}{% comment %}{{ b }}{% endcomment %}', []],
    ['{{ "text".size }}{{ true }}{{ nil }}{{ 5 }}', []],
  ])('%s: %j', (source, expected) => {
    const parsed = parseTemplate(source)
    if (!parsed.ok) throw new Error(parsed.message)
    expect(sources(parsed.template.references).sort()).toEqual([...expected].sort())
  })

  test('are all that a rendering asks for', () => {
    const asked = new Set<string>()
    const parsed = parseTemplate('{% for x in xs %}{{ x.a }}{{ y[i] }}{% endfor %}{% if q %}{{ r }}{% endif %}')
    if (!parsed.ok) throw new Error(parsed.message)
    renderText(parsed.template, spying(asked, {}))
    expect([...asked].sort()).toEqual(['i', 'q', 'r', 'xs', 'y'])
  })
})

describe('words that no node may have as its id', () => {
  const environment = new Environment({ unlistedVariablesAreDyn: true })
  const definitions = environment.getDefinitions()
  const known = [...definitions.variables, ...definitions.functions].map(({ name }) => name)
  const ordinary = ['write', 'each', 'error', 'default', 'class', 'new', 'this', 'output', 'input', 'item', 'a_1']
  const keywords = [
    'in',
    'null',
    'true',
    'false',
    'let',
    'if',
    'loop',
    'package',
    'namespace',
    'prototype',
    'try',
    'async',
  ]

  function readable(word: string): boolean {
    try {
      return environment.evaluate(`${word}.x == 1.0`, { [word]: { x: 1 } }) === true
    } catch {
      return false
    }
  }

  test.each([...celReservedWords])('%s cannot be read in the library', (word) => expect(readable(word)).toBe(false))

  test.each([...new Set([...known, ...ordinary, ...keywords])])(
    '%s is reserved exactly when it cannot be read',
    (word) => {
      expect(celReservedWords.has(word)).toBe(!readable(word))
    },
  )
})

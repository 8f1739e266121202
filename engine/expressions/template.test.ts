import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NodeError } from '@/engine/failure'
import type { Json, JsonObject } from '@/engine/json'
import { parseNodes, renderNodes } from './liquid/library'
import { scopeOf } from './scope'
import { parseTemplate, renderText, type Template } from './template'

const data: JsonObject = {
  start: {
    topic: 'tea',
    n: 3,
    half: 0.5,
    yes: true,
    nothing: null,
    tags: ['a', 'b'],
    by: { name: 'Ada', ids: [1, 2] },
  },
  rows: [{ id: 1, ok: true }, { id: 2 }],
  nested: [['a', { b: 1 }], 'c'],
  zero: 0,
  html: '<b>&</b>',
  key: 'topic',
}

function compiled(source: string): Template {
  const parsed = parseTemplate(source)
  if (!parsed.ok) throw new Error(`${source}: ${parsed.message}`)
  return parsed.template
}

const render = (source: string, values: JsonObject = data) => renderText(compiled(source), scopeOf(values))

describe('values in a text', () => {
  test.each([
    ['Write about {{ start.topic }}!', 'Write about tea!'],
    ['{{ start.n }} {{ start.half }} {{ start.yes }} {{ zero }}', '3 0.5 true 0'],
    ['[{{ start.nothing }}{{ start.missing.deep }}{{ unknown }}]', '[]'],
    ['{{ start.by }}', '{"name":"Ada","ids":[1,2]}'],
    ['{{ start.tags }}', '["a","b"]'],
    ['{{ start.tags[1] }}{{ start.tags[-1] }}{{ start["topic"] }}{{ start[key] }}', 'bbteatea'],
    ['{{ rows.size }} {{ rows.first.id }} {{ rows.last.id }}', '2 1 2'],
    ['{{ html }}', '<b>&</b>'],
    ['a {{- start.n -}} b', 'a3b'],
    ['{{ start.__proto__ }}{{ start.constructor }}{{ __proto__.x }}{{ html.constructor }}', ''],
    ['no braces at all', 'no braces at all'],
    ['{% raw %}{{ start.n }}{% endraw %}', '{{ start.n }}'],
    ['{{ nil }}{{ true }}{{ "text" }}', 'truetext'],
  ])('%s prints %s', (source, expected) => expect(render(source)).toBe(expected))
})

describe('filters and tags', () => {
  test.each([
    ['{{ start.topic | upcase | append: "!" }}', 'TEA!'],
    ['{{ start.by | append: "!" }}', '{"name":"Ada","ids":[1,2]}!'],
    ['{{ "by " | append: start.by }}', 'by {"name":"Ada","ids":[1,2]}'],
    ['{{ start.by | slice: 0, 7 }}', '{"name"'],
    ['{{ nested | join: " / " }}', '["a",{"b":1}] / c'],
    ['{{ start.tags | join: ", " }}', 'a, b'],
    ['{{ start.tags | json }}{{ start.missing | json }}', '["a","b"]null'],
    ['{{ start.by | raw }}', '{"name":"Ada","ids":[1,2]}'],
    ['{{ start.missing | default: "none" }}', 'none'],
    ['{{ start.n | plus: 1 | times: 2 }}', '8'],
    ['{{ 1 | divided_by: 0 }}', ''],
    ['{{ rows | map: "id" }}', '[1,2]'],
    ['{{ rows | where: "ok" }}', '[{"id":1,"ok":true}]'],
    ['{{ start.topic | size }}', '3'],
    ['{{ "a,b" | split: "," }}', '["a","b"]'],
    ['{{ html | escape }}', '&lt;b&gt;&amp;&lt;/b&gt;'],
    ['{{ "2026-03-01T23:30:00Z" | date: "%Y-%m-%d %H:%M" }}', '2026-03-01 23:30'],
    ['{% if start.n > 2 and start.yes %}big{% else %}small{% endif %}', 'big'],
    ['{% unless start.missing %}gone{% endunless %}', 'gone'],
    ['{% for row in rows %}{{ forloop.index }}:{{ row }} {% endfor %}', '1:{"id":1,"ok":true} 2:{"id":2} '],
    ['{% for i in (1..3) %}{{ i }}{% endfor %}', '123'],
    ['{% for x in unknown %}x{% else %}nothing{% endfor %}', 'nothing'],
    ['{% assign who = start.by %}{{ who.name }}', 'Ada'],
    ['{% capture line %}{{ start.by }}{% endcapture %}{{ line }}', '{"name":"Ada","ids":[1,2]}'],
    ['{% case start.topic %}{% when "tea" %}T{% else %}-{% endcase %}', 'T'],
    ['{% cycle start.by, 2 %}', '{"name":"Ada","ids":[1,2]}'],
    ['{% echo start.by %}', '{"name":"Ada","ids":[1,2]}'],
    ['{% comment %}{{ start.n }}{% endcomment %}', ''],
  ])('%s prints %s', (source, expected) => expect(render(source)).toBe(expected))

  test.each([
    ['{{ start.n | nonsense }}', 'undefined filter: nonsense'],
    ['{% include "x" %}', 'tag "include" not found'],
    ['{% render "x" %}', 'tag "render" not found'],
    ['{% layout "x" %}', 'tag "layout" not found'],
    ['{% block x %}{% endblock %}', 'tag "block" not found'],
    ['{{ rows | where_exp: "r", "r.id == secret.x" }}', 'undefined filter: where_exp'],
    ['{{ rows | sample }}', 'undefined filter: sample'],
    ['{{ start.n', 'not closed'],
    ['line\n{% if start.n %}', '(line 2, column 1)'],
    ['{{ }}', 'invalid value expression'],
  ])('%s is refused when it is parsed: %s', (source, part) => {
    expect(parseTemplate(source)).toMatchObject({ ok: false, message: expect.stringContaining(part) })
  })

  test('a failed render is template_failed and does not quote data', () => {
    const template = compiled('Today:\n{{ "2026-03-01" | date: "%H", zone }}')
    const render = () => renderText(template, scopeOf({ zone: 'hunter2' }))
    expect(render).toThrow(
      new NodeError({
        code: 'template_failed',
        message: 'The template could not be rendered: an error in line 2, column 1.',
      }),
    )
  })

  test('rendering changes nothing in the data', () => {
    const before = JSON.stringify(data)
    render(
      '{{ rows | reverse }}{{ start.tags | push: 1 | sort | pop }}{% assign start = 1 %}{% increment zero %}{{ rows | sort: "id" }}',
    )
    expect(JSON.stringify(data)).toBe(before)
  })
})

describe('plain templates, which skip the library', () => {
  const name = fc.constantFrom('a', 'b', 'size', 'first', 'last', 'length', 'constructor', 'x1', '__proto__')
  const key = fc.oneof(
    name.map((word) => `.${word}`),
    name.map((word) => `["${word}"]`),
    fc.integer({ min: -3, max: 3 }).map((index) => `[${index}]`),
  )
  const output = fc
    .tuple(
      fc.constantFrom('{{', '{{ ', '{{-', '{{- '),
      name,
      fc.array(key, { maxLength: 3 }),
      fc.constantFrom('}}', ' }}', '-}}', ' -}}'),
    )
    .map(([open, root, keys, close]) => `${open}${root}${keys.join('')}${close}`)
  const text = fc.string({ unit: fc.constantFrom('x', ' ', '\n', '"', '}', '%', '😀', '-'), maxLength: 8 })
  const source = fc.array(fc.oneof(output, text), { maxLength: 6 }).map((parts) => parts.join(''))
  const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>
  const values = fc.dictionary(
    fc.constantFrom('a', 'b', 'size', 'first', 'x1', 'length'),
    fc.oneof(value, fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'size'), value), { maxLength: 3 })),
  ) as fc.Arbitrary<JsonObject>

  test('print exactly what the library prints', () => {
    fc.assert(
      fc.property(source, values, (template, roots) => {
        const plain = compiled(template)
        expect(plain.body.kind).toBe('plain')
        expect(renderText(plain, scopeOf(roots))).toBe(
          renderNodes(parseNodes(template), plain.references, scopeOf(roots)),
        )
      }),
      { numRuns: 500 },
    )
  })

  test('ask for no value that they do not print', () => {
    const asked: string[] = []
    const template = compiled('{{ a.b }} and {{ c }}')
    renderText(template, {
      get(root) {
        asked.push(root)
        return root
      },
    })
    expect(asked).toEqual(['a', 'c'])
  })
})

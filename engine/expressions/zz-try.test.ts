import { test } from 'vitest'
import { parseTemplate, renderText } from '@/engine/expressions/template'
import { parseCondition, evaluate } from '@/engine/expressions/condition'
import { scopeOf } from '@/engine/expressions/scope'
import { parseStructure } from '@/engine/expressions/structure'
test('x', () => {
  const scope = scopeOf({ a: { t: 'x', n: 2, o: { k: [1, 2] }, xs: [1, 'b', { c: 1 }] }, b: false, z: null, big: 'y'.repeat(1_000_000), many: Array.from({length: 10000}, (_, i) => i) , many2: Array.from({length: 10000}, (_, i) => i)})
  for (const s of ['{{ a.t }}', '{{ a.o }} {{a.xs}}', '{{ a.xs | join: "," }}', '{{ a.o | append: "!" }}', '{{ a.o | json }}', '{{ a.q | json }}', '{{ forloop }}|{% for i in a.xs %}{{ i }}{{ forloop.index }} {% endfor %}', '{{ a.xs.size }} {{ a.xs.first }} {{ a.xs[-1] }} {{ a.t.length }} {{ a.t[0] }}', '{{ size }}', '{% include "x" %}', '{{ a | foo }}', '{{ a', '{% if a %}', '{{ "now" | date: "%Y" }}', '{{ 1 | divided_by: 0 }}', '{% assign q = a.o %}{{ q.k }}{{ r }}', '{{ a["o"].k[0] }}', '{{ a[b].x }}', '{{ a.xs | where: "c" }}', '{{ "abc".size }}', '{{- a.t -}}  .', '{{ a.__proto__ }}{{ a.constructor }}{{ __proto__ }}', '{% cycle a.o, 2 %}', '{% increment a %}{% increment a %}', '{{ a.xs | map: "c" }}','{{ true }} {{ nil }} {{ empty }}', '{{ a.o == b }}', '{{ z | default: "d" }}', '{{ a.o | upcase }}', '{% raw %}{{ a }}{% endraw %}', '{{}}','{{ a.t b.c }}', '{{ a-b }}', '{{ a.o | raw }}']) {
    const p = parseTemplate(s)
    if (!p.ok) { console.log(s, '=> PROBLEM', p.message); continue }
    let r; try { r = JSON.stringify(renderText(p.template, scope)) } catch (e) { r = String(e) }
    console.log(s, '=>', p.template.body.kind, r, p.template.references.map(r => r.source).join(' '))
  }
  const timed = (name: string, f: () => unknown) => { const t = performance.now(); let r; try { r = f() } catch (e) { r = String(e) }; console.log(name, (performance.now() - t).toFixed(1), String(JSON.stringify(r)).slice(0, 200)) }
  const R = (s: string) => () => { const p = parseTemplate(s); return p.ok ? renderText(p.template, scope).length : p.message }
  timed('loop', R('{% for i in (1..100000000) %}x{% endfor %}'))
  timed('nested', R('{% for i in (1..10000) %}{% for j in (1..10000) %}x{% endfor %}{% endfor %}'))
  timed('repeat', R('{% assign s = big %}{% for i in (1..100) %}{% assign s = s | append: s %}{% endfor %}{{ s | size }}'))
  timed('bigout', R('{% for i in (1..10000) %}{{ big }}{% endfor %}'))
  timed('capture', R('{% capture c %}{% for i in (1..90000) %}' + 'h'.repeat(100000) + '{% endfor %}{% endcapture %}{{ c }}'))
  timed('dag', R('{% assign a = "x" | split: "" %}{% for i in (1..60) %}{% assign a = a | push: a %}{% endfor %}{{ a }}'))
  timed('dag json', R('{% assign a = "x" | split: "" %}{% for i in (1..60) %}{% assign a = a | push: a %}{% endfor %}{{ a | json | size }}'))
  timed('dag join', R('{% assign a = "x" | split: "" %}{% for i in (1..60) %}{% assign a = a | push: a %}{% endfor %}{{ a | join: "" | size }}'))
  timed('dag eq', R('{% assign a = "x" | split: "" %}{% assign b = "x" | split: "" %}{% for i in (1..60) %}{% assign a = a | push: a %}{% assign b = b | push: b %}{% endfor %}{% if a == b %}y{% endif %}'))
  timed('eq', R('{% for i in (1..50000) %}{% if many == many2 %}y{% endif %}{% endfor %}'))
  timed('case', R('{% for i in (1..30000) %}{% case many %}{% when many2 %}y{% endcase %}{% endfor %}'))
  timed('contains', R('{% for i in (1..50000) %}{% if big contains "zz" %}y{% endif %}{% endfor %}'))
  timed('sort', R('{% for i in (1..50000) %}{% assign x = many | sort %}{% endfor %}'))
  timed('replace', R('{{ big | replace: "", big | size }}'))
  timed('strip_html', R('{{ big | replace: "y", "<" | strip_html | size }}'))
  timed('strip_html2', R('{{ big | replace: "y", "<!--" | strip_html | size }}'))
  timed('slug', R('{% for i in (1..50000) %}{% assign x = big | slugify %}{% endfor %}'))
  timed('size', R('{% for i in (1..50000) %}{% assign x = big | size %}{% endfor %}'))
  timed('nest if', R('{% if a %}'.repeat(15000) + '{% endif %}'.repeat(4000)))
  timed('nest if closed', R('{% if a %}'.repeat(9000) + 'x' + '{% endif %}'.repeat(9000)))
  timed('nest [', R('{{ a' + '[a'.repeat(90000) + ']'.repeat(90000) + '}}'))
  timed('quotes', R('{{ "'.repeat(40000)))
  timed('filters', R('{{ a ' + '| upcase'.repeat(20000) + ' }}'))
  timed('assigns', R('{% assign a = a %}'.repeat(10000)))
  timed('outs', R('{{ a.t | upcase }}'.repeat(10000)))
  timed('plain outs', R('{{ a.t }}'.repeat(20000)))
  timed('opens', R('{{ a }}{%'.repeat(20000)))
  timed('raws', R('{% raw %}'.repeat(20000)))
  timed('raws2', R('{% raw %}{%'.repeat(15000)))
  timed('trunc', R('{% for i in (1..50000) %}{% assign x = big | truncatewords: 3 %}{% endfor %}'))
  timed('b64', R('{% for i in (1..50000) %}{% assign x = big | base64_encode %}{% endfor %}'))
  timed('date', R('{{ "now" | date: "%999999999Y" | size }}'))
  timed('round', R('{{ 1.5 | round: 999999999 }}'))
  const C = (s: string) => () => { const p = parseCondition(s); return p.ok ? evaluate(p.condition, scope) : p.message }
  timed('cel !', C('!'.repeat(9999) + 'true'))
  timed('cel (', C('('.repeat(9999)))
  timed('cel 100k', C('('.repeat(100000)))
  timed('cel ||', C('true' + ' && true'.repeat(900)))
  timed('cel dag', C('["x"]' + '.map(x, [x, x])'.repeat(60)))
  timed('cel dbl', C('["x"]' + '.map(x, x + x)'.repeat(60)))
  timed('cel loops', C('many.all(a, many.all(b, many.all(c, a + b + c >= 0)))'))
  timed('cel loops3', C('many.map(a, many.map(b, big + big))'))
  timed('cel bigmap', C('many.map(a, big)'))
  timed('cel redos', C('big.matches("(y+)+$x")'))
  timed('cel redos2', C('many.all(m, big.matches("(y|yy)*z"))'))
  timed('cel eq', C('many.all(m, many == many2)'))
  timed('cel in', C('many.all(m, m in many2)'))
  timed('cel contains', C('many.all(m, !big.contains("zzz"))'))
  timed('cel replace', C('big.replace("y", "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy")'))
  timed('cel join', C('many.map(x, big).join("")'))
  timed('cel split', C('many.map(x, big.split(""))'))
  timed('cel re', C('many.map(x, "a".matches("a{" + string(x) + "}"))'))
  let deep = JSON.parse('['.repeat(100000) + ']'.repeat(100000))
  timed('struct', () => parseStructure(deep).problems.length)
  let deeper: any = 1; for (let i = 0; i < 100000; i++) deeper = [deeper]
  const ds = scopeOf({ d: deep, e: deeper })
  const D = (s: string) => () => { const p = parseCondition(s); return p.ok ? evaluate(p.condition, ds) : p.message }
  timed('deep eq', D('d == e'))
  timed('deep print', () => { const p = parseTemplate('{{ d }}'); return p.ok && renderText(p.template, ds) })
  timed('deep print', () => { const p = parseTemplate('{{ d | json }}'); return p.ok && renderText(p.template, ds) })
  const bench = (name: string, f: () => unknown) => { for (let i = 0; i < 20000; i++) f(); const t = performance.now(); for (let i = 0; i < 200000; i++) f(); console.log(name, ((performance.now() - t) / 200000 * 1e6).toFixed(0), 'ns') }
  const tp = parseTemplate('Write about {{ a.t }} and {{ a.n }}.'); if (tp.ok) bench('plain', () => renderText(tp.template, scope))
  const tl = parseTemplate('Write about {{ a.t | upcase }}'); if (tl.ok) bench('liquid', () => renderText(tl.template, scope))
  const cp = parseCondition('a.n % 2 == 0 && a.t != "y"'); if (cp.ok) bench('cel', () => evaluate(cp.condition, scope))
})

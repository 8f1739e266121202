import { test } from 'vitest'
import { parseGraph } from '@/engine/graph/parse'
import { readGraph } from '@/engine/graph/read'
import { printJson, printYaml } from '@/engine/graph/print'
import { compile } from '@/engine/plan/compile'
import { buildChain, buildGraph } from '@/engine/testing/build-graph'
import { specs } from '@/nodes/registry/specs'
test('x', () => {
  for (let i = 0; i < 6; i++) for (const n of [300, 1200, 4900]) {
    const g = buildChain(n)
    let t = performance.now(); const c = compile(g, specs); const a = performance.now() - t
    t = performance.now(); parseGraph(g, specs); const b = performance.now() - t
    t = performance.now(); const p = printJson(g, specs); const d = performance.now() - t
    console.log(n, c.ok, c.problems.length, 'compile', a.toFixed(1), 'parse', b.toFixed(1), 'print', d.toFixed(1))
  }
  console.log(printYaml(buildGraph([{id:'a', kind:'agent', config:{prompt:'hi\nyou', instructions:'x'}, position:{y:1,x:2}},{id:'b',kind:'output'}],['a -> b']), specs))
  for (const s of ['baton: 1\nname: x\nnodes:\n - {id: a, kind: agnt, config: {prmpt: 3}}\n - {id: a, kind: agent, config: {prmpt: 3, model: 2}, positon: 1}\n - {id: input, kind: team, config: {mode: sequnce, tools: [{tol: 3}]}}\n - {id: g, kind: gate, config: {checks: [{type: rul}, {}, {type: rule, x: 1}]}}\n - {id: h, kind: agent, config: {tools: [3, {tol: x}]}}\nedges: [{source: a}]\nfoo: 1', '{"baton": 2}', '[', '', '['.repeat(100000), 'a: [', 'a: b: c', '{"baton":1,"name":"\\ud800","__proto__":{},"nodes":[],"edges":[]}', '- '.repeat(100000)]) {
    const t = performance.now(); const r = readGraph(s, specs); console.log(s.slice(0, 40), (performance.now() - t).toFixed(1), JSON.stringify(r, null, 1))
  }
})

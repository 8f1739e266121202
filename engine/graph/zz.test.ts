import { test } from 'vitest'
import { parseGraph } from '@/engine/graph/parse'
import { buildGraph } from '@/engine/testing/build-graph'
import { specs } from '@/nodes/registry/specs'
test('t', () => {
  const time = (n: string, f: () => unknown) => { for (let i = 0; i < 3; i++) { const t = performance.now(); const r = f() as any; console.log(n, (performance.now() - t).toFixed(0), r?.problems?.length) } }
  const extra = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, 1]))
  time('keys', () => parseGraph({ ...buildGraph([]), ...extra }, specs))
  time('config keys', () => parseGraph(buildGraph([{ id: 'a', kind: 'agent', config: extra }]), specs))
  time('bad nodes', () => parseGraph({ ...buildGraph([]), nodes: Array.from({ length: 100_000 }, () => ({ a: 1, kind: 'agnt', config: { x: 1 } })) }, specs))
  time('bad nodes 5000', () => parseGraph({ ...buildGraph([]), nodes: Array.from({ length: 5_000 }, (_, i) => ({ id: 'n' + i, kind: 'agent', config: { promt: 1, tools: [1, 2, 3, 4, { a: 1 }] } })) }, specs))
  time('bad nodes 5000b', () => parseGraph({ ...buildGraph([]), nodes: Array.from({ length: 5_000 }, (_, i) => ({ ID: 'n' + i, x: 1, y: 2, kind: 'agent', config: 3 })) }, specs))
  time('bad edges', () => parseGraph({ ...buildGraph([]), edges: Array.from({ length: 100_000 }, () => 1) }, specs))
})

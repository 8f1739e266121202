import { expect, test } from 'vitest'
import type { Graph } from '@/engine/graph/schema'
import { createPlanCache, mostWeight } from './plan-cache'

const graphOf = (name: string, size: number): Graph => ({
  baton: 1,
  name,
  nodes: Array.from({ length: size }, (_, n) => ({ id: `n${n}`, kind: 'note', config: { text: '' } })),
  edges: [],
})

/** Counts how often each graph was compiled. */
function counting() {
  const compiled: string[] = []
  const cache = createPlanCache(({ name }) => {
    compiled.push(name)
    return { plan: null, problems: [] }
  })
  return { cache, compiled }
}

test('what is asked for again is compiled once', () => {
  const { cache, compiled } = counting()
  cache.ofGraph(graphOf('a', 3))
  cache.ofGraph(graphOf('a', 3))
  expect(compiled).toEqual(['a'])
})

test('large graphs push others out before they fill the memory, and small ones do not', () => {
  const { cache, compiled } = counting()
  const large = mostWeight / 4
  for (const name of ['small', 'b', 'c', 'd', 'e']) cache.ofGraph(graphOf(name, name === 'small' ? 3 : large))
  cache.ofGraph(graphOf('e', large))
  cache.ofGraph(graphOf('small', 3))
  expect(compiled).toEqual(['small', 'b', 'c', 'd', 'e', 'small'])
  cache.ofGraph(graphOf('e', large))
  expect(compiled).toHaveLength(6)
})

import { expect, it } from 'vitest'
import {
  agentWithTools,
  approval,
  chain,
  fanOut,
  tenTransforms,
  threeAgents,
  ticking,
  toolChain,
  watchedAgents,
} from '@/bench/baton/graphs'
import { parseGraph } from '@/engine/graph/parse'
import { compile } from '@/engine/plan/compile'
import { specs } from '@/nodes/registry/specs'

it.each([
  tenTransforms(),
  chain(2),
  chain(300),
  fanOut(100),
  toolChain(20),
  agentWithTools(100),
  threeAgents(),
  watchedAgents(1),
  ticking(5, 0.2),
  approval(),
])('$name compiles', (graph) => {
  const parsed = parseGraph(graph, specs)
  expect(parsed.ok ? [] : parsed.problems).toEqual([])
  expect(parsed.ok && compile(parsed.graph, specs).problems).toEqual([])
})

it('sizes count every node', () => {
  expect(chain(300).nodes).toHaveLength(300)
  expect(tenTransforms().nodes).toHaveLength(12)
  expect(fanOut(100).nodes).toHaveLength(103)
})

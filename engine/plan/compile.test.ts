import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile } from '@/engine/plan/compile'
import type { Plan, PlanNode } from '@/engine/plan/plan'
import { mostProblems } from '@/engine/plan/report'
import { arbitraryGraph } from '@/engine/testing/arbitrary-graph'
import { buildChain, buildGraph } from '@/engine/testing/build-graph'
import { specs } from '@/nodes/registry/specs'

type Nodes = Parameters<typeof buildGraph>[0]

function planOf(nodes: Nodes, edges: readonly string[] = []): Plan {
  const compiled = compile(buildGraph(nodes, edges), specs)
  if (!compiled.ok) throw new Error(compiled.problems.map((problem) => problem.message).join('\n'))
  return compiled.plan
}

function nodeOf(plan: Plan, id: string): PlanNode {
  const node = plan.nodes.get(id)
  if (node === undefined) throw new Error(`no node ${id}`)
  return node
}

const ids = (nodes: readonly { id: string }[]): string[] => nodes.map((node) => node.id)

describe('a plan', () => {
  test('has no errors for any valid graph, and puts every node behind its sources', () => {
    fc.assert(
      fc.property(arbitraryGraph, (graph) => {
        const compiled = compile(graph, specs, { tools: new Set(['calculator']), aliases: new Set(['default']) })
        expect(compiled.problems.filter((problem) => problem.severity === 'error')).toEqual([])
        if (!compiled.ok) throw new Error('no plan')
        expect(compiled.plan.nodes.size).toBe(graph.nodes.filter((node) => node.kind !== 'note').length)
        for (const node of compiled.plan.nodes.values()) {
          for (const source of node.sources) expect(source.index).toBeLessThan(node.index)
          const scope = node.parent === null ? compiled.plan.root : node.parent.inside
          expect(scope?.nodes[node.index]).toBe(node)
        }
      }),
      { numRuns: 150 },
    )
  })

  test('links nodes by their edges, each source once in the order of the edges', () => {
    const plan = planOf(
      [
        { id: 'a', kind: 'input' },
        { id: 'b', kind: 'condition', config: { expression: 'true' } },
        { id: 'c', kind: 'merge' },
        { id: 'd', kind: 'output' },
      ],
      ['b.true -> c', 'a -> b', 'b.false -> c', 'a -> c', 'c -> d'],
    )
    expect(ids(plan.root.nodes)).toEqual(['a', 'b', 'c', 'd'])
    expect(ids(plan.root.entries)).toEqual(['a'])
    expect(ids(nodeOf(plan, 'c').sources)).toEqual(['b', 'a'])
    expect(nodeOf(plan, 'c').incoming.map((edge) => edge.port)).toEqual(['true', 'false', 'out'])
    expect(nodeOf(plan, 'c').incoming[0]).toBe(nodeOf(plan, 'b').outgoing[0])
    expect(ids(plan.outputs)).toEqual(['d'])
  })

  test('fills in what a node leaves open from its kind', () => {
    const plan = planOf([
      { id: 'agent', kind: 'agent' },
      { id: 'post', kind: 'http', config: { method: 'POST', url: 'https://example.com' } },
      { id: 'any', kind: 'merge', config: { mode: 'any' } },
      {
        id: 'own',
        kind: 'http',
        name: 'Mine',
        config: { url: 'x' },
        retry: { max: 3, delayMs: 5, backoff: 'fixed' },
        timeoutSeconds: 2,
        onError: 'continue',
        onDoubt: 'ask',
      },
    ])
    expect(nodeOf(plan, 'agent')).toMatchObject({
      name: 'agent',
      retry: { max: 2, delayMs: 1_000, backoff: 'exponential' },
      timeoutMs: null,
      onError: 'fail',
      inline: false,
      join: 'all',
    })
    expect(nodeOf(plan, 'post')).toMatchObject({ onDoubt: 'ask', retry: { max: 0 } })
    expect(nodeOf(plan, 'any')).toMatchObject({ join: 'any', inline: true, onDoubt: 'retry' })
    expect(nodeOf(plan, 'own')).toMatchObject({
      name: 'Mine',
      retry: { max: 3, delayMs: 5, backoff: 'fixed' },
      timeoutMs: 2_000,
      onError: 'continue',
      onDoubt: 'ask',
    })
  })

  test('parses each expression once, under the name of its field', () => {
    const plan = planOf([{ id: 'a', kind: 'http', config: { url: 'https://x/{{ input }}', headers: { a: 'b' } } }])
    expect([...nodeOf(plan, 'a').expressions].map(([field, { type }]) => [field, type])).toEqual([
      ['url', 'text'],
      ['headers', 'structure'],
    ])
  })

  test('keeps what is inside a box in a scope of its own, with the node that gives its result', () => {
    const plan = planOf(
      [
        { id: 'each', kind: 'map', config: { items: '[1]' } },
        { id: 'again', kind: 'loop', parent: 'each', config: { until: 'crew.text != ""', maxIterations: 2 } },
        { id: 'crew', kind: 'team', parent: 'again', config: { mode: 'sequence', goal: '{{ each.item }}' } },
        { id: 'second', kind: 'agent', parent: 'crew' },
        {
          id: 'first',
          kind: 'agent',
          parent: 'crew',
          config: { prompt: '{{ item }} {{ iteration }} {{ input.task }}' },
        },
        { id: 'paper', kind: 'note', parent: 'crew', config: { text: 'x' } },
        { id: 'end', kind: 'output', parent: 'each' },
      ],
      ['again -> end'],
    )
    const crew = nodeOf(plan, 'crew')
    expect(ids(plan.root.nodes)).toEqual(['each'])
    expect(crew.parent?.parent).toBe(nodeOf(plan, 'each'))
    expect(nodeOf(plan, 'each').inside?.result?.id).toBe('end')
    expect(nodeOf(plan, 'again').inside?.result).toBe(crew)
    expect(crew.inside).toMatchObject({ box: crew, result: null })
    expect(ids(crew.inside?.nodes ?? [])).toEqual(['second', 'first'])
    expect(plan.nodes.has('paper')).toBe(false)
    expect(plan.outputs).toEqual([])
  })
})

describe('compiling', () => {
  /** In milliseconds on the processor, which other programs on this machine can't lengthen. */
  const cpuSince = (start: NodeJS.CpuUsage): number => {
    const { user, system } = process.threadCpuUsage(start)
    return (user + system) / 1_000
  }
  const time = (count: number): number => {
    const graph = buildChain(count)
    const times = Array.from({ length: 5 }, () => {
      const start = process.threadCpuUsage()
      expect(compile(graph, specs).ok).toBe(true)
      return cpuSince(start)
    })
    return Math.min(...times)
  }

  test('takes time in proportion to the graph: a chain of 1,200 is quick, one of 4,800 not much more than four of them', () => {
    const small = time(1_200)
    expect(small).toBeLessThan(150)
    expect(time(4_800)).toBeLessThan(20 * Math.max(small, 10))
  })

  test('a thousand wrong names are reported without comparing each with everything', () => {
    const chain = buildChain(1_200)
    const nodes = chain.nodes.map((node) =>
      node.kind === 'transform' ? { ...node, config: { template: `{{ m${node.id} }}` } } : node,
    )
    const start = process.threadCpuUsage()
    const compiled = compile({ ...chain, nodes }, specs)
    expect(cpuSince(start)).toBeLessThan(1_500)
    expect(compiled.problems.filter((problem) => problem.code === 'unknown_reference')).toHaveLength(mostProblems)
  })
})

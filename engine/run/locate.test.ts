import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryRunGraph } from '@/engine/testing/arbitrary-run-graph'
import { buildGraph } from '@/engine/testing/build-graph'
import { openRun, planOf } from '@/engine/testing/open-run'
import { specs } from '@/nodes/registry/specs'
import { locate } from './locate'
import type { Instance, ScopeRun } from './schedule'

/** What lookups of values go by. */
const around = ({ key, node, turn, scope }: Instance): unknown => ({
  key,
  id: node.id,
  turn,
  scope: scopeAround(scope),
})
const scopeAround = ({ prefix, index, box }: ScopeRun): unknown => ({ prefix, index, box: box && around(box) })

describe('the place that a path names', () => {
  it('is the one that the scheduler made, for everything it hands out', () => {
    fc.assert(
      fc.property(arbitraryRunGraph({ calm: true }), fc.infiniteStream(fc.nat(9)), (graph, chance) => {
        const plan = planOf(graph, specs)
        const run = openRun(plan)
        for (let moves = 0; moves < 40; moves++) {
          for (const [key, instance] of run.schedule().instances) {
            const found = locate(plan, key)
            expect(found && around(found)).toEqual(around(instance))
          }
          const next = run.todo()[0]
          if (next === undefined) return
          const path = next.replace(/[?!]$/, '')
          const node = locate(plan, path)?.node
          if (!node?.inside) run.done(path, node?.spec.ports(node.config as never).slice(0, 1) ?? ['out'])
          else if (run.state.openings.has(path)) run.done(path)
          else if (node.kind === 'map')
            run.opens(path, { type: 'items', count: 1 + ((chance.next().value ?? 0) % 3), concurrency: 2 })
          else if (node.kind === 'loop') run.opens(path, { type: 'iteration', index: 0 })
          else run.opens(path, { type: 'turns', turns: node.inside.nodes.map(({ id }) => ({ member: id, turn: 1 })) })
        }
      }),
      { numRuns: 60 },
    )
  })

  it('is nowhere for a path that leads nowhere', () => {
    const graph = buildGraph([
      { id: 'each', kind: 'map', config: { items: '[1]' } },
      { id: 'twice', kind: 'transform', parent: 'each', config: { template: 'x' } },
    ])
    const plan = planOf(graph, specs)
    for (const path of ['', 'nowhere', 'twice', 'each[0]', 'each[0]/nowhere', 'each[0]/twice/x', 'each[x]/twice'])
      expect(locate(plan, path), path).toBeNull()
    expect(locate(plan, 'each[7]/twice')?.key).toBe('each[7]/twice')
  })
})

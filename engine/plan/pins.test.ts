import { describe, expect, test } from 'vitest'
import type { Json } from '@/engine/json'
import { pinProblems } from '@/engine/plan/pins'
import { buildGraph } from '@/engine/testing/build-graph'
import { specs } from '@/nodes/registry/specs'

const schema = { type: 'object', properties: { score: { type: 'number' } }, required: ['score'] }
const graph = buildGraph([
  { id: 'start', kind: 'input', config: { fields: [] } },
  { id: 'write', kind: 'agent', config: { prompt: 'x' } },
  { id: 'grade', kind: 'agent', config: { prompt: 'x', outputSchema: schema } },
  { id: 'each', kind: 'map', config: { items: '[1]' } },
  { id: 'inside', kind: 'transform', parent: 'each', config: { template: 'x' } },
  { id: 'call', kind: 'http', config: { url: 'http://x' } },
  { id: 'check', kind: 'condition', config: { expression: 'true' } },
  { id: 'broken', kind: 'http', config: {} },
])
const wrong = (pins: { [id: string]: Json }) => pinProblems(graph, specs, pins).map(({ nodeId }) => nodeId)

describe('a pinned output', () => {
  test('fits when it is what the kind gives', () => {
    const pins = {
      write: { text: 'hello' },
      grade: { text: '{"score": 3}', data: { score: 3 } },
      each: ['a'],
      inside: 5,
      call: { status: 200, headers: {}, body: null },
    }
    expect(wrong(pins)).toEqual([])
  })

  test('no longer fits when the schema or the kind has changed', () => {
    expect(wrong({ write: 'hello', grade: { text: '' }, each: {}, call: [] })).toEqual([
      'write',
      'grade',
      'each',
      'call',
    ])
    const [problem] = pinProblems(graph, specs, { grade: { text: '', data: { score: 'high' } } })
    expect(problem).toMatchObject({ code: 'pin_misfit', severity: 'error', nodeId: 'grade' })
    expect(problem?.message).toContain('score')
  })

  test('has no place at the ends of a run and where there are several ways out', () => {
    expect(wrong({ start: {}, check: true })).toEqual(['start', 'check'])
  })

  test('waits where its node is gone, or has a broken config, which is a problem of its own', () => {
    expect(wrong({ gone: 1, broken: 1 })).toEqual([])
  })
})

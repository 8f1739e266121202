import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '@/engine/json'
import { makeRef, previewOf, type Ref } from '@/engine/payload'
import { newRun } from '@/engine/run/reduce'
import type { NodeState, RunState } from '@/engine/run/state'
import { buildGraph } from '@/engine/testing/build-graph'
import { heldIn, isSameRefs, pastRefs } from './past-run'

const refOf = (value: Json): Ref => makeRef(value, (text) => `hash of ${text}`).ref
/** As it travels to the browser. */
const wire = (value: Json): Ref => {
  const ref = refOf(value)
  return { hash: ref.hash, size: ref.size, preview: previewOf(ref) }
}
const done = (output: Json, rest: object = {}): NodeState => ({
  status: 'completed',
  attempt: 1,
  startedAt: 0,
  endedAt: 1,
  output: wire(output),
  ports: ['out'],
  ...rest,
})
const run = (nodes: Record<string, NodeState>, input: Json = null): RunState => ({
  ...newRun(),
  input: wire(input),
  nodes: new Map(Object.entries(nodes)),
})

const graph = buildGraph(
  [
    { id: 'start', kind: 'input' },
    { id: 'gate', kind: 'approval' },
    { id: 'write', kind: 'agent' },
    { id: 'both', kind: 'merge' },
    { id: 'each', kind: 'map' },
    { id: 'draft', kind: 'agent', parent: 'each' },
  ],
  ['start -> gate', 'gate.approved -> write', 'write -> both', 'start -> both', 'both -> each'],
)
const state = run(
  {
    start: done({ topic: 'tea' }),
    gate: done({ topic: 'tea' }, { detail: wire({ decision: 'approved' }), ports: ['approved'] }),
    write: done({ text: 'Tea.' }),
    both: done([1]),
    'each[0]/draft': done('first'),
    'each[1]/draft': done('second'),
  },
  { topic: 'tea' },
)

describe('what an earlier run knows of a node', () => {
  test('is what arrived along its live edges', () => {
    expect(pastRefs(graph, state, 'write').arrived).toEqual({ type: 'one', ref: wire({ topic: 'tea' }) })
    expect(pastRefs(graph, state, 'both').arrived).toEqual({
      type: 'many',
      refs: [
        ['write', wire({ text: 'Tea.' })],
        ['start', wire({ topic: 'tea' })],
      ],
    })
  })

  test('at the beginning is what the run was started with, and in a box what arrived at the box', () => {
    expect(pastRefs(graph, state, 'start').arrived).toEqual({ type: 'one', ref: wire({ topic: 'tea' }) })
    expect(pastRefs(graph, state, 'draft').arrived).toEqual({ type: 'one', ref: wire([1]) })
  })

  test('is the first place where it did something', () => {
    expect(pastRefs(graph, state, 'draft').self?.path).toBe('each[0]/draft')
    expect(pastRefs(graph, state, 'nobody').self).toBeNull()
  })

  test('is seen by others as its detail where it passes on what arrived', () => {
    expect(pastRefs(graph, state, 'write').seen.get('gate')).toEqual(wire({ decision: 'approved' }))
  })

  test('is nothing along a branch that was not taken', () => {
    const rejected = run({ ...Object.fromEntries(state.nodes), gate: done(1, { ports: ['rejected'] }) })
    expect(pastRefs(graph, rejected, 'write').arrived).toBeNull()
  })
})

test('a value comes out of its preview as it was, or is known to be incomplete', () => {
  const value = fc.oneof(
    fc.jsonValue().map((made) => JSON.parse(JSON.stringify(made)) as Json),
    fc.string({ minLength: 480, maxLength: 520 }),
    fc.constantFrom<Json>('5', 5, 'null', null, '"a"'),
  )
  fc.assert(
    fc.property(value, (given) => {
      const found = heldIn(wire(given))
      if (found.whole) expect(found.value).toEqual(given)
      else expect(JSON.stringify(given).length).toBeGreaterThan(480)
    }),
  )
})

describe('what a node sees of a run that goes on', () => {
  const seenAs = (change: (nodes: RunState['nodes']) => void, id: string) => {
    const nodes = new Map(state.nodes)
    change(nodes)
    return isSameRefs(pastRefs(graph, state, id), pastRefs(graph, { ...state, nodes }, id))
  }
  test('is the same while others are only at work', () => {
    expect(seenAs(() => {}, 'write')).toBe(true)
    const working: NodeState = { status: 'running', attempt: 1, startedAt: 5, deaths: 0, first: 1 }
    expect(seenAs((nodes) => nodes.set('each[2]/draft', working), 'write')).toBe(true)
  })
  test('is another when somebody gave something, something else arrived, or the node itself went on', () => {
    expect(seenAs((nodes) => nodes.set('each[2]/draft', done('third')), 'write')).toBe(false)
    expect(seenAs((nodes) => nodes.set('start', done({ topic: 'coffee' })), 'both')).toBe(false)
    expect(seenAs((nodes) => nodes.set('write', done({ text: 'Tea.' })), 'write')).toBe(false)
    expect(seenAs((nodes) => nodes.delete('gate'), 'write')).toBe(false)
  })
})

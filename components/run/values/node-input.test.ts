import { describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import { previewOf, type Ref } from '@/engine/payload'
import { replay } from '@/engine/run/reduce'
import { toWire } from '@/engine/run/wire'
import { buildGraph } from '@/engine/testing/build-graph'
import { openRun, planOf, refTo } from '@/engine/testing/open-run'
import { specs } from '@/nodes/registry/specs'
import { conversationOf, missingIn } from './conversation'
import { arrivedValue, openingOf, renderedFields } from './node-input'
import type { Place } from './past-values'

const graph = buildGraph(
  [
    { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] } },
    {
      id: 'write',
      kind: 'agent',
      name: 'Writer',
      config: { role: 'critic', instructions: 'Be brief.', prompt: 'Write about {{ start.topic }}.' },
    },
    { id: 'each', kind: 'map', config: { items: '[start.topic, 2]' } },
    { id: 'twice', kind: 'transform', parent: 'each', config: { template: '{{ item }} {{ item }}' } },
    { id: 'done', kind: 'output', config: { value: '{{ write.text }}' } },
  ],
  ['start -> write', 'start -> each', 'write -> done', 'each -> done'],
  { roles: { critic: { persona: 'You are strict.' } } },
)
const topic = 'tea'.repeat(400)
const bareOf = (value: Json): Ref => {
  const ref = refTo(value)
  return { hash: ref.hash, size: ref.size, preview: previewOf(ref) }
}

/** As a screen has it: only the beginnings of values. */
function placeAt(path: string, fetched: readonly Json[] = []): Place {
  const run = openRun(planOf(graph, specs))
  run.done('start', ['out'], { topic })
  const items = refTo([topic, 2])
  run.say({
    type: 'step.completed',
    path: 'each',
    step: 'open1',
    kind: 'open',
    result: items,
    startedAt: 1,
    opening: { type: 'items', count: 2, concurrency: 2 },
  })
  run.done('each[1]/twice')
  return {
    graph,
    state: replay(run.log.map(toWire)),
    path,
    fetched: new Map(fetched.map((value) => [refTo(value).hash, value])),
  }
}

describe('what a node was given', () => {
  it('names the value that has to be fetched, and is worked out as the run did once that is there', () => {
    const before = arrivedValue(placeAt('write'))
    expect(before).toEqual({ type: 'missing', ref: bareOf({ topic }) })
    expect(arrivedValue(placeAt('write', [{ topic }]))).toEqual({ type: 'ready', value: { topic } })
    expect(renderedFields(placeAt('write', [{ topic }]))).toEqual([
      { field: 'instructions', value: { type: 'ready', value: 'Be brief.' } },
      { field: 'prompt', value: { type: 'ready', value: `Write about ${topic}.` } },
    ])
  })

  it('is what the model was told, with the persona of its role', () => {
    expect(openingOf(placeAt('write', [{ topic }]))).toEqual({
      type: 'ready',
      value: [
        { role: 'system', content: 'You are strict.\n\nBe brief.' },
        { role: 'user', content: `Write about ${topic}.` },
      ],
    })
  })

  it('knows the item of a box', () => {
    expect(renderedFields(placeAt('each[1]/twice', [[topic, 2]]))).toEqual([
      { field: 'template', value: { type: 'ready', value: '2 2' } },
    ])
  })

  it('is unknown for what the run has not come to', () => {
    expect(arrivedValue(placeAt('each[7]/twice'))).toEqual({ type: 'unknown' })
  })
})

describe('a conversation', () => {
  const answer = (text: string, toolCalls: Json = []): Json => ({ text, toolCalls, finish: 'stop' })
  const step = (kind: 'model' | 'tool' | 'value', result: Ref, tool?: string) =>
    ({
      status: 'completed',
      kind,
      startedAt: 1,
      endedAt: 2,
      result,
      ...(tool === undefined ? {} : { tool }),
    }) as const

  it('is the opening, then answers, tool calls and what came of them', () => {
    const steps = new Map([
      ['m1', step('model', bareOf(answer('Let me look.', [{ id: '1', name: 'search', arguments: { q: 'tea' } }])))],
      ['m1.t1', step('tool', bareOf({ hits: 3 }), 'search')],
      ['m1.t1.ok', step('value', bareOf({ decision: 'approved' }))],
      ['m2', step('model', bareOf(answer('Tea it is.')))],
    ])
    const lines = conversationOf([{ role: 'user', content: 'Go.' }], steps, new Map())
    expect(lines).toEqual([
      { role: 'user', text: 'Go.' },
      {
        role: 'assistant',
        step: 'm1',
        text: 'Let me look.',
        calls: [{ name: 'search', arguments: '{\n  "q": "tea"\n}' }],
      },
      { role: 'tool', step: 'm1.t1', name: 'search', text: '{"hits":3}', failed: false },
      { role: 'assistant', step: 'm2', text: 'Tea it is.', calls: [] },
    ])
    expect(missingIn(lines)).toBeNull()
  })

  it('leaves room for an answer that has to be fetched, and shows it when it is there', () => {
    const long = answer('x'.repeat(900))
    const steps = new Map([['m1', step('model', bareOf(long))]])
    expect(missingIn(conversationOf([], steps, new Map()))).toEqual(bareOf(long))
    const fetched = new Map([[refTo(long).hash, long]])
    expect(conversationOf([], steps, fetched)).toMatchObject([{ role: 'assistant', text: 'x'.repeat(900) }])
  })
})

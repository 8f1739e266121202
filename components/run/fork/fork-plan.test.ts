import { describe, expect, it } from 'vitest'
import type { GraphNode } from '@/engine/graph/schema'
import { type ForkStart, forkPlan, inputDraft, textsOf } from './fork-plan'

const node: GraphNode = {
  id: 'write',
  kind: 'agent',
  config: { model: 'default', instructions: 'Be brief.', prompt: 'Go.', maxSteps: 4 },
}
const fromNode: ForkStart = { type: 'node', path: 'each[1]/write', node }
const fromMoment: ForkStart = { type: 'moment', seq: 12 }

describe('a fork', () => {
  it('begins at a node or at a moment', () => {
    expect(forkPlan(fromNode, { type: 'nothing' })).toEqual({ ok: true, body: { fromNode: 'write' } })
    expect(forkPlan(fromMoment, { type: 'nothing' })).toEqual({ ok: true, body: { afterSeq: 12 } })
  })

  it('with another input does everything again', () => {
    const change = { type: 'input', values: { topic: 'coffee' } } as const
    expect(forkPlan(fromMoment, change)).toEqual({ ok: true, body: { patch: { input: { topic: 'coffee' } } } })
  })

  it('with another answer of a node does not do that node again', () => {
    const change = { type: 'output', path: 'write', text: '{"text": "Tea."}', isText: false } as const
    expect(forkPlan(fromNode, change)).toEqual({ ok: true, body: { patch: { outputs: { write: { text: 'Tea.' } } } } })
    expect(forkPlan(fromNode, { ...change, text: 'Tea.' })).toMatchObject({ ok: false })
    expect(forkPlan(fromNode, { ...change, text: 'Tea.', isText: true })).toMatchObject({
      body: { patch: { outputs: { write: 'Tea.' } } },
    })
  })

  it('with other instructions keeps the rest of the settings', () => {
    expect(textsOf(node)).toEqual({ instructions: 'Be brief.', prompt: 'Go.' })
    const change = { type: 'config', node, texts: { instructions: 'Be long.', prompt: 'Go.' } } as const
    expect(forkPlan(fromNode, change)).toEqual({
      ok: true,
      body: {
        fromNode: 'write',
        patch: {
          nodes: { write: { config: { model: 'default', instructions: 'Be long.', prompt: 'Go.', maxSteps: 4 } } },
        },
      },
    })
  })

  it('starts from the input that the run had', () => {
    const fields = [
      { name: 'topic', type: 'text' },
      { name: 'count', type: 'number' },
      { name: 'rules', type: 'json' },
      { name: 'quick', type: 'boolean' },
    ] as const
    expect(inputDraft(fields, { topic: 'tea', count: 3, rules: { a: 1 }, quick: true })).toEqual({
      topic: 'tea',
      count: '3',
      rules: '{\n  "a": 1\n}',
      quick: true,
    })
    expect(inputDraft(fields, null)).toEqual({ topic: '', count: '', rules: '', quick: false })
  })
})

import type { JsonObject } from '@/engine/json'

/** input → transform → output. */
export const greeting = {
  baton: 1,
  name: 'Greeting',
  nodes: [
    { id: 'start', kind: 'input', config: { fields: [{ name: 'who', type: 'text', required: true }] } },
    { id: 'greet', kind: 'transform', config: { template: 'Hello {{ start.who }}', as: 'text' } },
    { id: 'done', kind: 'output', config: { value: '{{ greet }}' } },
  ],
  edges: [
    { source: 'start', target: 'greet' },
    { source: 'greet', target: 'done' },
  ],
} satisfies JsonObject

/** input → approval → output. */
export const asking = {
  baton: 1,
  name: 'Asking',
  nodes: [
    { id: 'start', kind: 'input', config: {} },
    {
      id: 'ask',
      kind: 'approval',
      config: { title: 'Go on?', message: 'Really?', fields: [{ name: 'why', type: 'text', required: true }] },
    },
    { id: 'done', kind: 'output', config: { value: '{{ ask.fields.why }}' } },
  ],
  edges: [
    { source: 'start', target: 'ask' },
    { source: 'ask', sourcePort: 'approved', target: 'done' },
  ],
} satisfies JsonObject

/** Fails in its only node. */
export const failing = {
  baton: 1,
  name: 'Failing',
  nodes: [
    { id: 'start', kind: 'input', config: {} },
    { id: 'crash', kind: 'code', config: { source: 'throw new Error("It broke.")' } },
  ],
  edges: [{ source: 'start', target: 'crash' }],
} satisfies JsonObject

/** Well-formed, but the output refers to nothing. */
export const broken = {
  baton: 1,
  name: 'Broken',
  nodes: [
    { id: 'start', kind: 'input', config: {} },
    { id: 'done', kind: 'output', config: { value: '{{ nowhere.text }}' } },
  ],
  edges: [{ source: 'start', target: 'done' }],
} satisfies JsonObject

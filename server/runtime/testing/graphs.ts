const output = { id: 'done', kind: 'output', config: { value: '{{ start.topic }}' } }
const input = { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text', required: true }] } }

/** Computes a little and is over. */
export const shortGraph = {
  baton: 1 as const,
  name: 'short',
  nodes: [input, { id: 'up', kind: 'transform', config: { template: '{{ start.topic }}!', as: 'text' } }, output],
  edges: [
    { source: 'start', target: 'up' },
    { source: 'up', target: 'done' },
  ],
}

/** Sleeps without anybody, then is over. */
export const sleepingGraph = (seconds: number) => ({
  baton: 1 as const,
  name: 'sleeping',
  nodes: [input, { id: 'nap', kind: 'wait', config: { seconds } }, output],
  edges: [
    { source: 'start', target: 'nap' },
    { source: 'nap', target: 'done' },
  ],
})

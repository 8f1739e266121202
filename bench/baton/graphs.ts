type Node = {
  id: string
  kind: string
  name?: string
  config: object
  parent?: string
  position?: { x: number; y: number }
}
type Edge = { source: string; target: string; sourcePort?: string }
export type BenchGraph = { baton: 1; name: string; nodes: Node[]; edges: Edge[] }

const start: Node = {
  id: 'start',
  kind: 'input',
  config: { fields: [{ name: 'topic', type: 'text', required: true }] },
}
const output = (value: string): Node => ({ id: 'done', kind: 'output', config: { value } })

/** A row of nodes between input and output. */
function row(name: string, middle: readonly Node[], value: string): BenchGraph {
  const nodes = [start, ...middle, output(value)]
  const edges = nodes.slice(1).map((node, index) => ({ source: nodes[index]?.id ?? '', target: node.id }))
  return { baton: 1, name, nodes, edges }
}

const series = (count: number, make: (n: number) => Node): Node[] =>
  Array.from({ length: count }, (_, n) => make(n + 1))

/** What part (a) runs: input, ten transforms that each add something, output. */
export const tenTransforms = (): BenchGraph =>
  row(
    'Ten transforms',
    series(10, (n) => {
      const before = n === 1 ? 'start.topic' : `t${n - 1}`
      return { id: `t${n}`, kind: 'transform', config: { template: `{{ ${before} }} ${n}` } }
    }),
    '{{ t10 }}',
  )

const passOn = (n: number): Node => ({
  id: `t${n}`,
  kind: 'transform',
  config: { template: n === 1 ? '{{ start.topic }}' : `{{ t${n - 1} }}` },
})

/** `size` nodes one after the other, input and output among them. */
export const chain = (size: number): BenchGraph =>
  row(`Chain of ${size}`, series(size - 2, passOn), size === 2 ? '{{ start.topic }}' : `{{ t${size - 2} }}`)

/** An input, `width` transforms side by side, and what brings them together. */
export function fanOut(width: number): BenchGraph {
  const branches = series(width, (n) => ({ id: `t${n}`, kind: 'transform', config: { template: '{{ start.topic }}' } }))
  return {
    baton: 1,
    name: `Fan-out of ${width}`,
    nodes: [start, ...branches, { id: 'all', kind: 'merge', config: { mode: 'all' } }, output(`{{ t${width} }}`)],
    edges: [
      ...branches.map(({ id }) => ({ source: 'start', target: id })),
      ...branches.map(({ id }) => ({ source: id, target: 'all' })),
      { source: 'all', target: 'done' },
    ],
  }
}

/** Each node takes one step: a tool that may be repeated and does next to nothing. */
export const toolChain = (steps: number): BenchGraph =>
  row(
    `${steps} steps`,
    series(steps, (n) => ({
      id: `s${n}`,
      kind: 'tool',
      config: { tool: 'calculator', arguments: { expression: '1' } },
    })),
    '{{ start.topic }}',
  )

/** An agent that is told how many tool calls to ask for; each is a step. */
export const agentWithTools = (calls: number): BenchGraph =>
  row(
    `Agent with ${calls} tool calls`,
    [{ id: 'agent', kind: 'agent', config: { prompt: `Use ${calls} tools.`, tools: ['calculator'] } }],
    '{{ agent.text }}',
  )

const agent = (n: number): Node => ({
  id: `agent${n}`,
  kind: 'agent',
  config: { prompt: n === 1 ? 'Write about {{ start.topic }}.' : `Go on: {{ agent${n - 1}.text }}` },
})

export const threeAgents = (): BenchGraph => row('Three agents', series(3, agent), '{{ agent3.text }}')

/** The same after a pause in which somebody can begin to watch. */
export const watchedAgents = (seconds: number): BenchGraph =>
  row(
    'Three agents, watched',
    [{ id: 'pause', kind: 'wait', config: { seconds } }, ...series(3, agent)],
    '{{ agent3.text }}',
  )

/** Something happens `count` times, `seconds` apart. */
export const ticking = (count: number, seconds: number): BenchGraph =>
  row(
    'Ticking',
    series(count, (n) => ({ id: `tick${n}`, kind: 'wait', config: { seconds } })),
    '{{ start.topic }}',
  )

export const approval = (): BenchGraph => ({
  baton: 1,
  name: 'Approval',
  nodes: [start, { id: 'gate', kind: 'approval', config: { title: 'Go on?' } }, output('{{ start.topic }}')],
  edges: [
    { source: 'start', target: 'gate' },
    { source: 'gate', sourcePort: 'approved', target: 'done' },
  ],
})

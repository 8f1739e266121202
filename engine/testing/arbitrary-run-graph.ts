import fc from 'fast-check'
import type { Graph, GraphEdge, GraphNode } from '@/engine/graph/schema'
import type { JsonObject } from '@/engine/json'

/** What chance decides about one node; the graph is made of it without further chance, so that it shrinks. */
type Part = { kind: number; sources: number; option: number; handling: number; retries: number; inside: Part[] }

const { part } = fc.letrec<{ part: Part }>((tie) => ({
  part: fc.record({
    // Small numbers mean nothing here: chance must not prefer them.
    kind: fc.noBias(fc.nat(159)),
    sources: fc.noBias(fc.nat(2 ** 12 - 1)),
    option: fc.noBias(fc.nat(999)),
    handling: fc.noBias(fc.nat(7)),
    retries: fc.noBias(fc.nat(7)),
    inside: fc.oneof(
      { maxDepth: 2, depthSize: 'max', withCrossShrink: true },
      { weight: 1, arbitrary: fc.constant<Part[]>([]) },
      { weight: 4, arbitrary: fc.array(tie('part'), { maxLength: 4, size: 'max' }) },
    ),
  }),
}))

export type RunGraphOptions = {
  /** Only what gives the same output however its parts are timed: no races, no attempts shared by several nodes. */
  calm: boolean
}

/**
 * Graphs that exercise the scheduler: every way to join, branch, wait, fail, retry and nest. Agents say in their
 * instructions what they are to do: `steps=2 fails=1 odd` (fails once, in odd items only; 99 means always).
 */
export const arbitraryRunGraph = ({ calm }: RunGraphOptions): fc.Arbitrary<Graph> =>
  fc.array(part, { minLength: 1, maxLength: 10, size: 'max' }).map((parts) => {
    const build: Build = { nodes: [], edges: [], parent: null, around: [], calm, team: false, troubles: null }
    build.nodes.push({ id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] } })
    fillScope(build, parts, [{ id: 'start', ports: ['out'] }])
    return { baton: 1, name: 'Simulated', nodes: build.nodes, edges: build.edges }
  })

type Build = {
  nodes: GraphNode[]
  edges: GraphEdge[]
  parent: string | null
  around: readonly ('map' | 'loop')[]
  calm: boolean
  team: boolean
  /** What fails in the outermost box of a calm graph: of several, chance would say which is named as the cause. */
  troubles: { pass: boolean; of: string | null } | null
}
type Drawn = { id: string; ports: readonly string[] }

const kinds = [
  ...['agent', 'agent', 'agent', 'agent', 'transform', 'condition', 'router', 'merge', 'merge'],
  ...['wait', 'approval', 'map', 'map', 'loop', 'team', 'team'],
]

function fillScope(build: Build, parts: readonly Part[], first: readonly Drawn[]): void {
  const drawn = [...first]
  const ends = new Set(first.map(({ id }) => id))
  for (const part of parts) {
    const made = addNode(build, kinds[part.kind % kinds.length] ?? 'agent', part)
    const sources = drawn.filter((_, index) => (part.sources >> (index % 12)) & 1).slice(-3)
    for (const [index, source] of sources.entries()) {
      ends.delete(source.id)
      draw(build, source, made.id, part.sources >> index)
      // Two ways from the same node to the same one are one source with two chances to be live.
      if (part.sources % 7 === 0 && source.ports.length > 1) draw(build, source, made.id, (part.sources >> index) + 1)
    }
    drawn.push(made)
    ends.add(made.id)
  }
  const id = newId(build)
  build.nodes.push({ id, kind: 'output', config: {}, ...inBox(build) })
  for (const source of drawn) if (ends.has(source.id)) draw(build, source, id, 0)
}

function draw({ edges }: Build, { id, ports }: Drawn, target: string, chance: number): void {
  const port = ports[chance % ports.length] ?? 'out'
  edges.push({ source: id, ...(port === 'out' ? {} : { sourcePort: port }), target })
}

const newId = ({ nodes }: Build): string => `n${nodes.length}`
const inBox = ({ parent }: Build) => (parent === null ? {} : { parent })

function addNode(build: Build, kind: string, part: Part): Drawn {
  const id = newId(build)
  const isBox = kind === 'map' || kind === 'loop' || kind === 'team'
  const onError = part.handling < 6 ? 'fail' : part.handling === 6 ? 'continue' : 'branch'
  const max = isBox ? (build.calm ? 0 : part.retries % 3 === 1 ? 1 : 0) : part.retries % 4
  build.nodes.push({
    id,
    kind,
    ...inBox(build),
    ...(onError === 'fail' ? {} : { onError }),
    retry: { max, delayMs: 50 * (1 + (part.option % 4)), backoff: part.option % 2 ? 'fixed' : 'exponential' },
    config: calmed(build, id, max, configOf(build, kind, part)),
  })
  const troubles = build.calm ? (build.troubles ?? { pass: part.option % 4 < 2, of: null }) : null
  const inner: Build = { ...build, parent: id, team: kind === 'team', troubles }
  if (kind === 'team') addMembers(inner, part)
  if (kind === 'map' || kind === 'loop') fillScope({ ...inner, around: [...build.around, kind] }, part.inside, [])
  return { id, ports: [...portsOf(kind), ...(onError === 'branch' ? ['error'] : [])] }
}

/** In a calm graph: either whatever fails in a box gets over it, or it is one node that fails. */
function calmed({ troubles }: Build, id: string, retries: number, config: JsonObject): JsonObject {
  if (troubles === null || failuresIn(config) === 0) return config
  if (troubles.pass) return withFailures(config, Math.min(failuresIn(config), retries))
  troubles.of ??= id
  return troubles.of === id ? config : withFailures(config, 0)
}

const failuresIn = ({ instructions, onLimit }: JsonObject): number =>
  onLimit === 'fail' ? 99 : Number(/fails=(\d+)/.exec(String(instructions))?.[1] ?? 0)

const withFailures = (config: JsonObject, count: number): JsonObject => ({
  ...config,
  ...(config.instructions !== undefined && {
    instructions: String(config.instructions).replace(/fails=\d+/, `fails=${count}`),
  }),
  ...(config.onLimit !== undefined && { onLimit: 'continue' }),
})

function addMembers(build: Build, { inside, option }: Part): void {
  const blank: Part = { kind: 0, sources: 0, option, handling: 9, retries: 2, inside: [] }
  for (const part of [blank, ...inside.slice(0, 3)]) {
    const nested = part !== blank && part.inside.length > 0 && part.option % 3 === 0
    addNode(build, nested ? 'team' : 'agent', part)
  }
}

const portsOf = (kind: string): readonly string[] =>
  ({ condition: ['true', 'false'], router: ['one', 'two', 'otherwise'], approval: ['approved', 'rejected'] })[kind] ?? [
    'out',
  ]

function configOf({ calm, around }: Build, kind: string, { option, handling }: Part): JsonObject {
  const concurrency = 1 + (option % 3)
  const box = around.at(-1)
  const turn = box === 'map' ? 'index' : box === 'loop' ? 'iteration' : '0'
  const failing = option % 5 > 2 ? [1, 2, 99][option % 3] : 0
  const timeout = calm || option % 3 === 0 ? {} : { timeoutSeconds: 1 + (option % 3) }
  const configs: Readonly<Record<string, JsonObject>> = {
    agent: { instructions: `steps=${option % 3} fails=${failing}${option % 2 ? ' odd' : ''}`, prompt: 'do' },
    transform: { template: 'seen' },
    condition: { expression: `(${turn} + ${option}) % 2 == 0` },
    router: {
      mode: 'rules',
      routes: [
        { name: 'one', when: `(${turn} + ${option}) % 3 == 0` },
        { name: 'two', when: `(${turn} + ${option}) % 3 == 1` },
      ],
    },
    merge: { mode: !calm && option % 2 ? 'any' : 'all' },
    wait: { seconds: (option % 4) / 10 },
    approval: {
      title: 'May it?',
      message: 'Look',
      onTimeout: ['approve', 'reject', 'fail'][option % 3] ?? 'fail',
      ...timeout,
    },
    map: {
      items: JSON.stringify(Array.from({ length: (option >> 2) % 6 }, (_, index) => index)),
      concurrency,
      onItemError: handling % 2 || (calm && concurrency > 1) ? 'null' : 'fail',
    },
    loop: {
      until: `iteration >= ${option % 4}`,
      maxIterations: 1 + ((option >> 1) % 4),
      onLimit: handling === 5 ? 'fail' : 'continue',
    },
    team: { mode: option % 2 ? 'parallel' : 'sequence', goal: 'win' },
  }
  return configs[kind] ?? {}
}

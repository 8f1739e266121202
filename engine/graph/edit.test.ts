import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffGraphs } from '@/engine/graph/diff'
import { applyEdit } from '@/engine/graph/edit'
import { Edit, type EditOf, type SingleEdit } from '@/engine/graph/edits'
import { parseGraph } from '@/engine/graph/parse'
import type { Graph, GraphNode } from '@/engine/graph/schema'
import { arbitraryGraph } from '@/engine/testing/arbitrary-graph'
import { buildGraph } from '@/engine/testing/build-graph'
import { specs } from '@/nodes/registry/specs'

const graph = buildGraph(
  [
    { id: 'a', kind: 'merge' },
    { id: 'box', kind: 'map', config: { items: '[]' } },
    { id: 'in1', kind: 'agent', parent: 'box', config: { prompt: 'p', tools: ['x', 'y', 'z'] } },
    { id: 'in2', kind: 'merge', parent: 'box' },
    { id: 'b', kind: 'merge', position: { x: 1, y: 2 } },
  ],
  ['a -> box', 'in1 -> in2', 'box -> b', 'a -> b'],
)

function apply(edit: Edit, from: Graph = graph): Graph {
  const edited = applyEdit(from, edit)
  if ('refused' in edited) throw new Error(edited.refused)
  return edited.graph
}

const nodeAfter = (id: string, edit: Edit): GraphNode | undefined => apply(edit).nodes.find((node) => node.id === id)
const refusal = (edit: Edit): string => {
  const edited = applyEdit(graph, edit)
  return 'refused' in edited ? edited.refused : 'done'
}
const edgesOf = (value: Graph): string[] => value.edges.map(({ source, target }) => `${source} ${target}`)

/** Edits of every type around the nodes there are; many are possible, some are refused. */
function arbitraryEdit(from: Graph): fc.Arbitrary<SingleEdit> {
  const id = fc.constantFrom(...from.nodes.map((node) => node.id))
  const edge = fc.oneof(
    fc.record({ source: id, target: id }),
    ...(from.edges.length > 0 ? [fc.constantFrom(...from.edges)] : []),
  )
  const at = fc.nat(from.nodes.length)
  const key = fc.oneof(fc.constantFrom('prompt', 'tools', 'value', 'fields', 'checks', 'headers', 'a'), fc.nat(2))
  const value = fc.jsonValue({ maxDepth: 2 }).map((raw) => JSON.parse(JSON.stringify(raw).replaceAll('__proto__', '·')))
  const configure = fc.record({
    type: fc.constant('configure' as const),
    node: id,
    path: fc.array(key, { minLength: 1, maxLength: 3 }),
  })
  const position = fc.option(fc.record({ x: fc.integer(), y: fc.integer() }))
  const onError = fc.constantFrom('continue' as const, null)
  return fc.oneof(
    fc.record({
      type: fc.constant('add' as const),
      nodes: fc.constant<EditOf<'add'>['nodes']>([{ node: { id: 'new1', kind: 'merge', config: {} } }]),
      edges: fc.array(fc.record({ edge: fc.record({ source: id, target: fc.constant('new1') }) }), { maxLength: 1 }),
    }),
    fc.record({ type: fc.constant('remove' as const), nodes: fc.uniqueArray(id, { maxLength: 3 }) }),
    fc.record({ type: fc.constant('move' as const), positions: fc.dictionary(id, position, { maxKeys: 3 }) }),
    fc.record({
      type: fc.constant('reparent' as const),
      nodes: fc.uniqueArray(id, { maxLength: 4 }),
      parent: fc.option(id),
    }),
    fc.record({ type: fc.constant('reorder' as const), node: id, at }),
    fc.record({
      type: fc.constant('set' as const),
      node: id,
      options: fc.record({ name: fc.option(fc.string()), onError }, { requiredKeys: [] }),
    }),
    fc.record({
      type: fc.constant('set_graph' as const),
      properties: fc.record({ name: fc.string(), budget: fc.constantFrom({ maxCost: 1 }, null) }),
    }),
    fc.record({ type: fc.constant('connect' as const), edge }),
    fc.record({ type: fc.constant('disconnect' as const), edge }),
    configure,
    fc.tuple(configure, value).map(([edit, value]) => ({ ...edit, value })),
  )
}

const graphAndEdits = arbitraryGraph.chain((from) =>
  fc.tuple(fc.constant(from), fc.array(arbitraryEdit(from), { minLength: 1, maxLength: 6 })),
)

describe('an edit', () => {
  test('and then its inverse give the graph as it was, and the first graph is never touched', () => {
    let applied = 0
    fc.assert(
      fc.property(graphAndEdits, ([from, edits]) => {
        const before = structuredClone(from)
        for (const edit of [...edits, { type: 'batch', edits } as const]) {
          expect(Edit.safeParse(edit).success).toBe(true)
          const edited = applyEdit(from, edit)
          expect(from).toEqual(before)
          if ('refused' in edited) continue
          applied += 1
          expect(Edit.safeParse(JSON.parse(JSON.stringify(edited.inverse))).success).toBe(true)
          expect(apply(edited.inverse, edited.graph)).toEqual(before)
        }
      }),
      { numRuns: 300 },
    )
    expect(applied).toBeGreaterThan(300)
  })

  test('that is undone can be done again', () => {
    fc.assert(
      fc.property(graphAndEdits, ([from, edits]) => {
        const done = applyEdit(from, { type: 'batch', edits })
        if ('refused' in done) return
        const undone = applyEdit(done.graph, done.inverse)
        if ('refused' in undone) throw new Error(undone.refused)
        expect(apply(undone.inverse, undone.graph)).toEqual(done.graph)
      }),
      { numRuns: 100 },
    )
  })

  test('leaves a graph in the public format, but for what a kind says of its config', () => {
    fc.assert(
      fc.property(graphAndEdits, ([from, edits]) => {
        const kept = edits.filter((edit) => edit.type !== 'configure')
        const done = applyEdit(from, { type: 'batch', edits: kept })
        if (!('refused' in done)) expect(parseGraph(done.graph, specs)).toEqual({ ok: true, graph: done.graph })
      }),
      { numRuns: 100 },
    )
  })

  test('that removes a box removes what is inside, and every edge that touched it', () => {
    const next = apply({ type: 'remove', nodes: ['box'] })
    expect(next.nodes.map((node) => node.id)).toEqual(['a', 'b'])
    expect(edgesOf(next)).toEqual(['a b'])
  })

  test('that moves a node out of a box removes only its edges that would cross the border', () => {
    const next = apply({ type: 'reparent', nodes: ['in1'], parent: null })
    expect(next.nodes.find((node) => node.id === 'in1')).not.toHaveProperty('parent')
    expect(edgesOf(next)).toEqual(['a box', 'box b', 'a b'])
    expect(edgesOf(apply({ type: 'reparent', nodes: ['in1', 'in2'], parent: null }))).toEqual(edgesOf(graph))
  })

  test('changes an option, and takes it away with null', () => {
    expect(nodeAfter('b', { type: 'set', node: 'b', options: { name: 'B', retry: { max: 1 } } })).toMatchObject({
      name: 'B',
      retry: { max: 1 },
    })
    expect(nodeAfter('b', { type: 'move', positions: { b: null } })).not.toHaveProperty('position')
    expect(apply({ type: 'set_graph', properties: { description: 'D', budget: { maxTokens: 5 } } })).toMatchObject({
      description: 'D',
      budget: { maxTokens: 5 },
    })
  })

  test.each([
    ['a field', ['prompt'], 'q', { prompt: 'q', tools: ['x', 'y', 'z'] }],
    ['an item', ['tools', 1], 'q', { prompt: 'p', tools: ['x', 'q', 'z'] }],
    ['an item behind the last', ['tools', 3], 'q', { prompt: 'p', tools: ['x', 'y', 'z', 'q'] }],
    ['a field away', ['prompt'], undefined, { tools: ['x', 'y', 'z'] }],
    ['an item away', ['tools', 1], undefined, { prompt: 'p', tools: ['x', 'z'] }],
    [
      'what is not there yet',
      ['headers', 'accept', 0],
      'q',
      { prompt: 'p', tools: ['x', 'y', 'z'], headers: { accept: ['q'] } },
    ],
    ['all of it', [], { prompt: 'n' }, { prompt: 'n' }],
  ])('configures %s, and takes it back', (_, path, value, config) => {
    const edited = applyEdit(graph, {
      type: 'configure',
      node: 'in1',
      path,
      ...(value === undefined ? {} : { value }),
    })
    if ('refused' in edited) throw new Error(edited.refused)
    expect(edited.graph.nodes.find((node) => node.id === 'in1')?.config).toEqual(config)
    expect(apply(edited.inverse, edited.graph)).toEqual(graph)
  })

  test('keeps the place of a key whose value changes', () => {
    expect(
      Object.keys(nodeAfter('in1', { type: 'configure', node: 'in1', path: ['prompt'], value: 'q' })?.config ?? {}),
    ).toEqual(['prompt', 'tools'])
  })
})

describe('an edit is refused with a sentence for', () => {
  test.each<[string, Edit, string]>([
    ['a node that is not there', { type: 'remove', nodes: ['zz'] }, 'There is no node `zz`.'],
    [
      'an id that is taken',
      { type: 'add', nodes: [{ node: { id: 'a', kind: 'merge', config: {} } }], edges: [] },
      'already',
    ],
    [
      'an id that is reserved',
      { type: 'add', nodes: [{ node: { id: 'item', kind: 'merge', config: {} } }], edges: [] },
      "can't be the id",
    ],
    [
      'a box that is not there',
      { type: 'add', nodes: [{ node: { id: 'n', kind: 'merge', parent: 'zz', config: {} } }], edges: [] },
      'There is no box `zz`',
    ],
    ['a box into itself', { type: 'reparent', nodes: ['box'], parent: 'box' }, 'into itself'],
    ['a circle of edges to itself', { type: 'connect', edge: { source: 'a', target: 'a' } }, 'with itself'],
    ['an edge that is there', { type: 'connect', edge: { source: 'a', sourcePort: 'out', target: 'b' } }, 'already'],
    ['an edge into a box', { type: 'connect', edge: { source: 'a', target: 'in1' } }, 'not in the same box'],
    ['an edge that is not there', { type: 'disconnect', edge: { source: 'b', target: 'a' } }, 'not connected'],
    ['a field of a text', { type: 'configure', node: 'in1', path: ['prompt', 'x'], value: 1 }, 'no object'],
    ['an item of a text', { type: 'configure', node: 'in1', path: ['prompt', 0], value: 1 }, 'no list'],
    ['an item far behind the last', { type: 'configure', node: 'in1', path: ['tools', 9], value: 1 }, 'only 3'],
    ['a config that is no object', { type: 'configure', node: 'in1', path: [], value: 1 }, 'must be an object'],
    [
      'a key that would reach the prototype',
      { type: 'configure', node: 'in1', path: ['__proto__', 'x'], value: 1 },
      '__proto__',
    ],
    ['half a character', { type: 'set', node: 'a', options: { name: '\udc00' } }, 'surrogate'],
    [
      'one bad edit in a batch',
      {
        type: 'batch',
        edits: [
          { type: 'remove', nodes: ['a'] },
          { type: 'remove', nodes: ['a'] },
        ],
      },
      'no node `a`',
    ],
  ])('%s', (_, edit, sentence) => {
    expect(refusal(edit)).toContain(sentence)
  })
})

describe('the difference of two graphs', () => {
  test('names nodes, fields, edges and properties', () => {
    const other = apply({
      type: 'batch',
      edits: [
        { type: 'remove', nodes: ['in2'] },
        {
          type: 'add',
          nodes: [{ node: { id: 'c', kind: 'merge', config: {} } }],
          edges: [{ edge: { source: 'b', target: 'c' } }],
        },
        { type: 'configure', node: 'in1', path: ['prompt'], value: 'q' },
        { type: 'set', node: 'in1', options: { name: 'N' } },
        { type: 'set_graph', properties: { budget: { maxCost: 1 } } },
        { type: 'reorder', node: 'b', at: 0 },
      ],
    })
    expect(diffGraphs(graph, other)).toEqual({
      added: ['c'],
      removed: ['in2'],
      changed: [{ id: 'in1', fields: ['name', 'config.prompt'] }],
      edges: { added: [{ source: 'b', target: 'c' }], removed: [{ source: 'in1', target: 'in2' }] },
      properties: ['budget', 'order'],
    })
  })

  test('is empty for the same graph with its keys in another order', () => {
    const other = {
      ...graph,
      nodes: graph.nodes.map((node) => Object.fromEntries(Object.entries(node).reverse()) as GraphNode),
    }
    expect(diffGraphs(graph, other)).toEqual({
      added: [],
      removed: [],
      changed: [],
      edges: { added: [], removed: [] },
      properties: [],
    })
  })
})

import { describe, expect, test } from 'vitest'
import { parseGraph } from '@/engine/graph/parse'
import { buildGraph } from '@/engine/testing/build-graph'
import { specs } from '@/nodes/registry/specs'

const problemsOf = (value: unknown): string[] => {
  const parsed = parseGraph(value, specs)
  return parsed.ok ? [] : parsed.problems.map(({ code, path = '' }) => `${code} ${path}`)
}

const messageOf = (value: unknown): string => {
  const parsed = parseGraph(value, specs)
  return parsed.ok ? '' : parsed.problems.map(({ message }) => message).join('\n')
}

const nodeWith = (config: unknown, kind = 'agent') => ({ ...buildGraph([]), nodes: [{ id: 'a', kind, config }] })

describe('a graph is refused for', () => {
  test.each([
    ['being no object', [], ['wrong_type '], 'must be an object'],
    ['another version', { baton: 2 }, ['unknown_version baton'], 'write `baton: 1`'],
    ['missing parts', { baton: 1 }, ['missing_value name', 'missing_value nodes', 'missing_value edges'], 'fill it in'],
    ['a key nobody knows', { ...buildGraph([]), nmae: 1 }, ['unknown_key nmae'], 'Did you mean `name`?'],
    [
      'a node key nobody knows',
      buildGraph([{ id: 'a', kind: 'merge', positon: 1 } as never]),
      ['unknown_key nodes[0].positon'],
      'Did you mean `position`?',
    ],
    [
      'an edge key nobody knows',
      { ...buildGraph([]), edges: [{ source: 'a', target: 'b', port: 'x' }] },
      ['unknown_key edges[0].port'],
      'Known: `source`',
    ],
    [
      'an id that is no id',
      buildGraph([{ id: 'A-b', kind: 'merge' }]),
      ['wrong_value nodes[0].id'],
      'must start with a small letter',
    ],
    [
      'an id twice, once in a box',
      buildGraph([
        { id: 'a', kind: 'merge' },
        { id: 'a', kind: 'merge', parent: 'b' },
      ]),
      ['duplicate_id nodes[1].id'],
      'give it another one',
    ],
    [
      'an id that expressions use',
      buildGraph([{ id: 'item', kind: 'merge' }]),
      ['reserved_id nodes[0].id'],
      'another id',
    ],
    ['an id that CEL uses', buildGraph([{ id: 'package', kind: 'merge' }]), ['reserved_id nodes[0].id'], 'another id'],
    [
      'an unknown kind',
      buildGraph([{ id: 'a', kind: 'contidion' }]),
      ['unknown_kind nodes[0].kind'],
      'Did you mean `condition`?',
    ],
    [
      'an unknown key in a config',
      nodeWith({ prmpt: 'x' }),
      ['unknown_key nodes[0].config.prmpt'],
      'Did you mean `prompt`?',
    ],
    [
      'an unknown key deep in a config',
      nodeWith({ tools: [{ tol: 'x' }] }),
      ['unknown_key nodes[0].config.tools[0].tol'],
      'Did you mean `tool`?',
    ],
    [
      'a wrong type in a config',
      nodeWith({ prompt: 1 }),
      ['wrong_type nodes[0].config.prompt'],
      'must be text, not a number',
    ],
    [
      'null where text belongs',
      nodeWith({ prompt: null }),
      ['wrong_type nodes[0].config.prompt'],
      'must be text, not null',
    ],
    [
      'a choice that is none',
      nodeWith({ autonomy: 'ful' }),
      ['wrong_value nodes[0].config.autonomy'],
      'Did you mean `full`?',
    ],
    [
      'no alternative that fits',
      nodeWith({ tools: [1] }),
      ['wrong_type nodes[0].config.tools[0]'],
      'text or an object',
    ],
    [
      'a retry out of range',
      buildGraph([{ id: 'a', kind: 'merge', retry: { max: 99 } }]),
      ['wrong_value nodes[0].retry.max'],
      'at most 20',
    ],
    ['a config that is a list', nodeWith([]), ['wrong_type nodes[0].config'], 'must be an object, not a list'],
    ['a lone surrogate', { ...buildGraph([]), name: '\ud800' }, ['bad_text name'], 'lone surrogate'],
    ['a NUL character', nodeWith({ prompt: 'a\0' }), ['bad_text nodes[0].config.prompt'], 'NUL'],
    [
      'a key named __proto__',
      JSON.parse('{"baton":1,"nodes":[{"config":{"__proto__":{"x":1}}}]}'),
      ['bad_key nodes[0].config'],
      '__proto__',
    ],
    [
      'a value that is no JSON',
      nodeWith({ prompt: new Date() }),
      ['bad_value nodes[0].config.prompt'],
      'not a JSON value',
    ],
    [
      'a number without end',
      nodeWith({ temperature: Number.POSITIVE_INFINITY }),
      ['bad_value nodes[0].config.temperature'],
      'finite',
    ],
  ])('%s', (_, value, problems, mend) => {
    expect(problemsOf(value)).toEqual(problems)
    expect(messageOf(value)).toContain(mend)
  })

  test('everything that is wrong, at once, each with the node it is about', () => {
    const graph = { ...nodeWith({ prmpt: 'x', model: 1 }), extra: 1, edges: [{ source: 'a' }] }
    const parsed = parseGraph(graph, specs)
    expect(parsed.ok ? [] : parsed.problems.map(({ path, nodeId, field }) => [path, nodeId, field])).toEqual([
      ['edges[0].target', undefined, undefined],
      ['extra', undefined, undefined],
      ['nodes[0].config.model', 'a', 'model'],
      ['nodes[0].config.prmpt', 'a', 'prmpt'],
    ])
  })

  test('a hundred thousand levels, without ending the process', () => {
    let deep: unknown = []
    for (let level = 0; level < 100_000; level += 1) deep = [deep]
    const start = performance.now()
    expect(problemsOf(nodeWith({ prompt: deep }))).toEqual(['too_deep '])
    expect(performance.now() - start).toBeLessThan(200)
  })

  const fields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 1]))
  test.each([
    ['unknown keys', { ...buildGraph([]), ...fields(100_000) }],
    ['unknown keys in a config', nodeWith(fields(100_000))],
    ['edges that are none', { ...buildGraph([]), edges: Array.from({ length: 100_000 }, () => 1) }],
    [
      'nodes that are none',
      { ...buildGraph([]), nodes: Array.from({ length: 100_000 }, () => ({ kind: 'agnt', a: 1 })) },
    ],
  ])('a hundred thousand %s, in no time', (_, value) => {
    const start = performance.now()
    const parsed = parseGraph(value, specs)
    expect(performance.now() - start).toBeLessThan(600)
    expect(parsed.ok ? 0 : parsed.problems.length).toBeGreaterThan(0)
    expect(parsed.ok ? 0 : parsed.problems.length).toBeLessThanOrEqual(201)
  })

  test('more faults than anybody mends at once, by saying that there are more', () => {
    expect(problemsOf(nodeWith(fields(300))).slice(199)).toEqual(['unknown_key nodes[0].config.k199', 'more_problems '])
  })
})

describe('a half-finished draft', () => {
  test.each([
    ['an agent without anything', 'agent', {}],
    ['a condition that is not written yet', 'condition', { expression: '' }],
    ['a condition without its field', 'condition', {}],
    ['a router without routes', 'router', { routes: [] }],
    ['a route without a name', 'router', { routes: [{}] }],
    ['a team without a mode', 'team', { goal: '' }],
    ['a check without its type', 'gate', { checks: [{}] }],
    ['a tool that is not chosen', 'tool', { tool: '' }],
    ['a number out of range', 'agent', { temperature: 9 }],
    ['a field without a type', 'input', { fields: [{ name: 'x' }] }],
  ])('with %s can be saved', (_, kind, config) => {
    expect(parseGraph(nodeWith(config, kind), specs)).toMatchObject({ ok: true, graph: { nodes: [{ config }] } })
  })

  test('keeps its config as it was written, without the defaults of the kind', () => {
    const parsed = parseGraph(nodeWith({ prompt: ' x ' }), specs)
    expect(parsed.ok && parsed.graph.nodes[0]?.config).toEqual({ prompt: ' x ' })
  })
})

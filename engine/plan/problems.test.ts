import { describe, expect, test } from 'vitest'
import type { Graph } from '@/engine/graph/schema'
import { compile } from '@/engine/plan/compile'
import { mostProblems } from '@/engine/plan/report'
import { buildGraph } from '@/engine/testing/build-graph'
import { specs } from '@/nodes/registry/specs'

const known = { tools: new Set(['calculator', 'run_code']), aliases: new Set(['default', 'fast']) }

/** `code node field`, errors before warnings as they were found. */
const found = (graph: Graph): string[] =>
  compile(graph, specs, known).problems.map(({ code, nodeId = '-', field = '-' }) => `${code} ${nodeId} ${field}`)

const messages = (graph: Graph): string =>
  compile(graph, specs, known)
    .problems.map(({ message }) => message)
    .join('\n')

const start = { id: 'start', kind: 'input' }
const done = { id: 'done', kind: 'output' }
const a = { id: 'a', kind: 'merge' }
const b = { id: 'b', kind: 'merge' }
const map = { id: 'each', kind: 'map', config: { items: '[]' } }
const team = { id: 'crew', kind: 'team', config: { mode: 'parallel', goal: 'g' } }
const rest = [a, done]

type Row = [title: string, graph: Graph, problems: string[], mend: string]

const nodeRows: Row[] = [
  ['nothing', buildGraph([]), ['empty - -', 'no_output - -'], 'add at least one'],
  [
    'only notes',
    buildGraph([{ id: 'n', kind: 'note', config: { text: 'x' } }]),
    ['empty - -', 'no_output - -'],
    'add at least one',
  ],
  ['an id twice', buildGraph([a, a, done], ['a -> done']), ['duplicate_id a id'], 'another id'],
  [
    'a word of CEL as id',
    buildGraph([{ id: 'loop', kind: 'merge' }, done], ['loop -> done']),
    ['reserved_id loop id'],
    'another id',
  ],
  [
    'an unknown kind',
    buildGraph([{ id: 'a', kind: 'mrege' }, done], ['a -> done']),
    ['unknown_kind a kind'],
    'Did you mean `merge`?',
  ],
  [
    'a value that is missing',
    buildGraph([{ ...a, kind: 'condition' }, done], ['a.true -> done']),
    ['missing_value a expression'],
    '`expression` of `a` is missing; fill it in',
  ],
  [
    'schemas that mean nothing',
    buildGraph(
      [start, { ...a, kind: 'agent', config: { prompt: 'x', outputSchema: { type: 'objekt' } } }, done],
      ['start -> a', 'a -> done'],
    ),
    ['invalid_schema a outputSchema.type'],
    'must be one of',
  ],
  [
    'a value that is empty',
    buildGraph([{ ...a, kind: 'condition', config: { expression: '' } }, done], ['a.true -> done']),
    ['missing_value a expression'],
    'is empty; fill it in',
  ],
  [
    'a list that is empty',
    buildGraph([{ ...a, kind: 'router', config: { routes: [] } }, done], ['a.otherwise -> done']),
    ['missing_value a routes'],
    'fill it in',
  ],
  [
    'a number out of range',
    buildGraph([{ ...a, kind: 'agent', config: { temperature: 3 } }, done], ['a -> done']),
    ['wrong_value a temperature'],
    'at most 2',
  ],
  [
    'a key nobody knows',
    buildGraph([{ ...a, kind: 'agent', config: { promt: 'x' } }, done], ['a -> done']),
    ['unknown_key a promt'],
    'Did you mean `prompt`?',
  ],
  [
    'a wrong type',
    buildGraph([{ ...a, kind: 'agent', config: { prompt: 1 } }, done], ['a -> done']),
    ['wrong_type a prompt'],
    'must be text, not a number',
  ],
  [
    'a rule of the kind',
    buildGraph([{ ...a, kind: 'wait' }, done], ['a -> done']),
    ['invalid_config a -'],
    'one of the two',
  ],
  [
    'two inputs',
    buildGraph([start, { ...start, id: 'more' }, done], ['start -> done', 'more -> done']),
    ['several_inputs more -'],
    'keep one',
  ],
  [
    'an unknown tool',
    buildGraph([{ ...a, kind: 'tool', config: { tool: 'calculater' } }, done], ['a -> done']),
    ['unknown_tool a tool'],
    'Did you mean `calculator`?',
  ],
  [
    'an unknown tool of an agent',
    buildGraph(
      [{ ...a, kind: 'agent', config: { tools: ['run_code', { tool: 'x', approval: 'never' }] } }, done],
      ['a -> done'],
    ),
    ['unknown_tool a tools.1.tool'],
    'choose another or add it',
  ],
  [
    'an unknown role',
    buildGraph([{ ...a, kind: 'agent', config: { role: 'critik' } }, done], ['a -> done'], { roles: { critic: {} } }),
    ['unknown_role a role'],
    'Did you mean `critic`?',
  ],
  [
    'an unknown model',
    buildGraph([{ ...a, kind: 'agent', config: { model: 'fasst' } }, done], ['a -> done']),
    ['unknown_model a -'],
    'Did you mean `fast`?',
  ],
  ['no output', buildGraph([a]), ['no_output - -'], 'add an output node'],
  [
    'a node beside the others',
    buildGraph([start, a, done], ['start -> done']),
    ['unconnected a -'],
    'connect it or remove it',
  ],
  [
    'an error branch that leads nowhere',
    buildGraph([{ ...a, onError: 'branch' }, done], ['a -> done']),
    ['error_not_connected a -'],
    'connect it',
  ],
]

const boxRows: Row[] = [
  [
    'a box that is not there',
    buildGraph([{ ...a, parent: 'ech' }, map, { ...b, parent: 'each' }, done], ['each -> done']),
    ['unknown_parent a parent', 'unconnected a -'],
    'Did you mean `each`?',
  ],
  [
    'a node as box',
    buildGraph([{ ...a, parent: 'b' }, b, done], ['b -> done']),
    ['parent_not_box a parent', 'unconnected a -'],
    'team, map or loop',
  ],
  [
    'boxes in a circle',
    buildGraph([{ ...map, parent: 'two' }, { ...map, id: 'two', parent: 'each' }, done]),
    ['parent_cycle each parent'],
    'move one of them out',
  ],
  ['an empty box', buildGraph([map, done], ['each -> done']), ['empty_box each -'], 'put at least one node into it'],
  [
    'an input in a box',
    buildGraph([{ ...start, parent: 'each' }, map, done], ['each -> done']),
    ['not_in_boxes start parent'],
    'move it out of `each`',
  ],
  [
    'two possible results',
    buildGraph([map, { ...a, parent: 'each' }, { ...b, parent: 'each' }, done], ['each -> done']),
    ['ambiguous_result each -'],
    'put an output node inside',
  ],
  [
    'two outputs in a box',
    buildGraph(
      [map, { ...done, id: 'x', parent: 'each' }, { ...done, id: 'y', parent: 'each' }, done],
      ['each -> done'],
    ),
    ['ambiguous_result each -'],
    'keep one',
  ],
  [
    'a team without members',
    buildGraph([team, done], ['crew -> done']),
    ['missing_members crew -'],
    'Put an agent into it',
  ],
  [
    'a member of a wrong kind',
    buildGraph([team, { ...a, parent: 'crew' }, done], ['crew -> done']),
    ['member_kind a parent'],
    'agent, team, workflow',
  ],
  [
    'an edge between members',
    buildGraph(
      [team, { id: 'x', kind: 'agent', parent: 'crew' }, { id: 'y', kind: 'agent', parent: 'crew' }, done],
      ['x -> y', 'crew -> done'],
    ),
    ['edge_in_members x -'],
    'remove it',
  ],
  [
    'a lead from elsewhere',
    buildGraph(
      [{ ...team, config: { ...team.config, lead: 'boss' } }, { id: 'bos', kind: 'agent', parent: 'crew' }, done],
      ['crew -> done'],
    ),
    ['unknown_member crew lead'],
    'Did you mean `bos`?',
  ],
  ...['handoff', 'debate'].map(
    (mode): Row => [
      `the mode ${mode}`,
      buildGraph(
        [{ ...team, config: { mode, goal: 'g' } }, { id: 'x', kind: 'agent', parent: 'crew' }, done],
        ['crew -> done'],
      ),
      ['not_available crew mode'],
      'supervisor, sequence or parallel',
    ],
  ),
]

const edgeRows: Row[] = [
  ['an edge from nowhere', buildGraph(rest, ['aa -> done', 'a -> done']), ['unknown_node done -'], 'Did you mean `a`?'],
  ['an edge to nowhere', buildGraph(rest, ['a -> dnoe', 'a -> done']), ['unknown_node a -'], 'Did you mean `done`?'],
  ['an edge to itself', buildGraph(rest, ['a -> a', 'a -> done']), ['self_loop a -'], 'loop box'],
  ['an edge twice', buildGraph(rest, ['a -> done', 'a.out -> done']), ['duplicate_edge a -'], 'remove one'],
  [
    'an edge into a box',
    buildGraph([a, map, { ...b, parent: 'each' }, done], ['a -> b', 'each -> done', 'a -> done']),
    ['crosses_box a -'],
    'connect `a` with `each` instead',
  ],
  [
    'an edge to a note',
    buildGraph([a, { id: 'n', kind: 'note', config: { text: 'x' } }, done], ['a -> n', 'a -> done']),
    ['note_edge a -'],
    'remove it',
  ],
  [
    'an unknown port',
    buildGraph(
      [{ ...a, kind: 'condition', config: { expression: 'true' } }, done],
      ['a.ture -> done', 'a.true -> done'],
    ),
    ['unknown_port a -'],
    'perhaps `true`',
  ],
  [
    'no port where there are several',
    buildGraph([{ ...a, kind: 'condition', config: { expression: 'true' } }, done], ['a -> done', 'a.true -> done']),
    ['port_required a -'],
    'one of `true`, `false`',
  ],
  [
    'the error port without a branch',
    buildGraph(rest, ['a.error -> done', 'a -> done']),
    ['error_port a -'],
    '`onError: branch`',
  ],
  [
    'an edge behind an output',
    buildGraph([a, done, b], ['done -> b', 'a -> done', 'a -> b']),
    ['no_ports done -'],
    'remove it',
  ],
  [
    'a circle',
    buildGraph([start, a, b, done], ['start -> a', 'a -> b', 'b -> a', 'b -> done']),
    ['cycle a -'],
    '`a` → `b` → `a`',
  ],
]

const outOf = (source: string) => ({ id: 'a', kind: 'agent', config: { prompt: source } })
const expressionRows: Row[] = [
  [
    'a template that is broken',
    buildGraph([outOf('{{ x'), done], ['a -> done']),
    ['bad_expression a prompt'],
    'correct it',
  ],
  [
    'a condition that is broken',
    buildGraph([{ ...a, kind: 'condition', config: { expression: '1 +' } }, done], ['a.true -> done']),
    ['bad_expression a expression'],
    'correct it',
  ],
  [
    'a broken leaf of a structure',
    buildGraph(
      [{ ...a, kind: 'tool', config: { tool: 'calculator', arguments: { x: ['{{ y'] } } }, done],
      ['a -> done'],
    ),
    ['bad_expression a arguments.x.0'],
    'correct it',
  ],
]

describe('compile finds', () => {
  test.each([...nodeRows, ...boxRows, ...edgeRows, ...expressionRows])('%s', (_, graph, problems, mend) => {
    expect(found(graph)).toEqual(problems)
    expect(messages(graph)).toContain(mend)
  })

  test('the place of a problem in the document', () => {
    const graph = buildGraph(
      [start, { ...a, kind: 'tool', config: { tool: 'calculator', arguments: { x: ['{{ y }}'] } } }],
      ['start -> a', 'a -> b'],
    )
    const places = compile(graph, specs).problems.map(({ path }) => path)
    expect(places).toEqual(['edges[1]', 'nodes[1].config.arguments.x[0]', undefined])
  })

  test('everything at once, and goes on with a node whose config is not complete', () => {
    const graph = buildGraph(
      [
        start,
        { id: 'gate', kind: 'loop', parent: 'nowhere', config: { until: 'outptu' } },
        { id: 'write', kind: 'agent', config: { promt: 'x', prompt: '{{ strat }}' } },
        { id: 'c', kind: 'condition' },
        done,
      ],
      ['start -> write', 'write -> done', 'c.maybe -> done', 'write -> gone'],
    )
    expect(found(graph)).toEqual([
      'missing_value gate maxIterations',
      'unknown_key write promt',
      'missing_value c expression',
      'unknown_parent gate parent',
      'empty_box gate -',
      'unknown_port c -',
      'unknown_node write -',
      'unknown_reference gate until',
      'unknown_reference write prompt',
      'unconnected gate -',
      'unconnected c -',
    ])
  })

  test('one problem for each of two circles, and none for what lies behind them', () => {
    const nodes = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({ id, kind: 'merge' }))
    const edges = ['a -> b', 'b -> c', 'c -> a', 'c -> d', 'd -> e', 'e -> d', 'e -> f', 'f -> done']
    expect(found(buildGraph([...nodes, done], edges))).toEqual(['cycle a -', 'cycle d -'])
  })

  test('only warnings in a graph that still becomes a plan', () => {
    const compiled = compile(buildGraph([a]), specs)
    expect(compiled.ok).toBe(true)
    expect(compiled.problems.map((problem) => problem.severity)).toEqual(['warning'])
  })

  test('the first thousand of countless ones, and how many more there are', () => {
    const nodes = Array.from({ length: 1_500 }, (_, index) => ({ id: `n${index}`, kind: 'nonsense' }))
    const { ok, problems } = compile(buildGraph(nodes), specs)
    expect(ok).toBe(false)
    expect(problems).toHaveLength(mostProblems + 1)
    expect(problems.at(-1)).toMatchObject({ code: 'more_problems', severity: 'error' })
    expect(problems.at(-1)?.message).toMatch(/are \d+ more problems/)
  })

  test('an error although a thousand warnings came before it', () => {
    const nodes = Array.from({ length: 1_100 }, (_, index) => ({ id: `n${index}`, kind: 'merge' }))
    const boxes = [map, { ...map, id: 'last' }]
    const compiled = compile(buildGraph([...nodes, ...boxes, a, done], ['a -> done']), specs)
    expect(compiled.ok).toBe(false)
    expect(compiled.problems.length).toBeLessThanOrEqual(mostProblems + 1)
  })
})

import { describe, expect, it } from 'vitest'
import type { Json } from '@/engine/json'
import type { PathKey } from '@/engine/path'
import { isInline } from '@/engine/payload'
import { buildGraph } from '@/engine/testing/build-graph'
import { type OpenRun, openRun, planOf, refTo } from '@/engine/testing/open-run'
import { specs } from '@/nodes/registry/specs'
import { arrivedAt, arrivedRef, type Binding, type Resolver, scopeAt, scopeInside } from './resolve'

const agent = (id: string, parent?: string) => {
  return { id, kind: 'agent', config: { instructions: 'work' }, ...(parent ? { parent } : {}) }
}
const either = { id: 'either', kind: 'condition', config: { expression: 'true' } }
const map = { id: 'each', kind: 'map', config: { items: '[7, 8]' } }
const open = (...graph: Parameters<typeof buildGraph>) => openRun(planOf(buildGraph(...graph), specs))

const resolverOf = ({ state }: OpenRun, bindings: Binding = {}): Resolver => ({
  state,
  valueOf: (ref) => (isInline(ref) ? ref.inline : null),
  bindingOf: ({ index }) => (index === null ? {} : { index, ...bindings }),
  arrivedAtTurn: () => 'the task',
})

function at(run: OpenRun, path: PathKey) {
  const instance = run.schedule().instances.get(path)
  if (!instance) throw new Error(`${path} is not there`)
  return instance
}
const arrived = (run: OpenRun, path: PathKey): Json => arrivedAt(resolverOf(run), at(run, path))

describe('what arrives at a node', () => {
  it('is what its one source sent, or the input of the run where nothing comes before', () => {
    const run = open([agent('a'), agent('b')], ['a -> b'])
    expect(arrived(run, 'a')).toEqual({})
    run.done('a', ['out'], 'from a')
    expect(arrived(run, 'b')).toBe('from a')
  })

  it('is an object of the live sources, in the order drawn, where several are drawn', () => {
    const run = open([agent('a'), agent('b'), agent('c'), agent('d')], ['b -> d', 'a -> d', 'c -> d'])
    for (const id of ['a', 'c', 'b']) run.done(id, id === 'c' ? [] : ['out'])
    expect(JSON.stringify(arrived(run, 'd'))).toBe('{"b":"b","a":"a"}')
  })

  it('comes from a node by whichever of its ports is live', () => {
    const run = open([either, agent('a')], ['either.true -> a', 'either.false -> a'])
    run.done('either', ['false'], 'passed on')
    expect(arrived(run, 'a')).toBe('passed on')
    expect(arrivedRef(run.state, at(run, 'a'))).toEqual(refTo('passed on'))
  })

  it('is what arrived at the box for the nodes that begin inside it', () => {
    const run = open([agent('a'), map, agent('b', 'each')], ['a -> each'])
    run.done('a', ['out'], 'for the map')
    run.opens('each', { type: 'items', count: 2, concurrency: 2 })
    expect(arrived(run, 'each[1]/b')).toBe('for the map')
  })

  it('is its task for a member of a team', () => {
    const run = open([{ id: 'crew', kind: 'team', config: { mode: 'parallel', goal: 'win' } }, agent('a', 'crew')])
    run.opens('crew', { type: 'turns', turns: [{ member: 'a', turn: 1 }] })
    expect(arrived(run, 'crew/a#1')).toBe('the task')
  })
})

describe('what expressions see', () => {
  const nodes = [agent('a'), either, map, agent('b', 'each'), agent('c', 'each')]
  const inMap = () => {
    const run = open(nodes, ['a -> either', 'either.true -> each', 'b -> c'])
    run.done('a')
    run.say({
      type: 'node.completed',
      path: 'either',
      attempt: 1,
      output: refTo('a'),
      ports: ['true'],
      detail: refTo({ result: true }),
    })
    run.opens('each', { type: 'items', count: 2, concurrency: 2 })
    run.done('each[0]/b', ['out'], 'first')
    run.done('each[1]/b', ['out'], 'second')
    return run
  }

  it('is the item at hand, its box by name, the same item of nodes beside it, and everything around', () => {
    const run = inMap()
    const see = (name: string) => scopeAt(resolverOf(run, { item: 8 }), at(run, 'each[1]/c')).get(name)
    expect([see('item'), see('index'), see('each')]).toEqual([8, 1, { item: 8, index: 1 }])
    expect([see('b'), see('a'), see('input')]).toEqual(['second', 'a', 'second'])
  })

  it('is the detail of a node that passes on what arrived', () => {
    const run = inMap()
    expect(scopeAt(resolverOf(run), at(run, 'each[0]/c')).get('either')).toEqual({ result: true })
  })

  it('is null for a node that did not run, and nothing for a name that nobody has', () => {
    const run = inMap()
    const scope = scopeAt(resolverOf(run), at(run, 'each[0]/c'))
    expect([scope.get('c'), scope.get('nobody'), scope.get('iteration')]).toEqual([null, undefined, undefined])
  })

  it('is the inside of a box for the condition of the box', () => {
    const run = inMap()
    const scope = scopeInside(resolverOf(run), at(run, 'each'), { index: 1, output: 'result' })
    expect([scope.get('b'), scope.get('c'), scope.get('output'), scope.get('iteration')]).toEqual([
      'second',
      null,
      'result',
      1,
    ])
    expect(scope.get('a')).toBe('a')
  })
})

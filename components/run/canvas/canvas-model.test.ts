import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runTree, type TreeEntry } from '@/components/run/run-tree'
import type { Json } from '@/engine/json'
import type { Opening } from '@/engine/run/events'
import { buildGraph } from '@/engine/testing/build-graph'
import { openRun, planOf, refTo } from '@/engine/testing/open-run'
import { specs } from '@/nodes/registry/specs'
import { boxProgress, scopeToFollow } from './box-progress'
import { instanceOf, placesOn } from './instance-of'
import { talksOf } from './talk'
import { wireState } from './wire-state'

const looked = { chosen: new Map<string, number>(), followed: new Map<string, number>() }
const agent = (id: string, parent?: string) => ({
  id,
  kind: 'agent',
  config: { instructions: 'Help.', prompt: 'Go.' },
  ...(parent === undefined ? {} : { parent }),
})

const mapped = buildGraph(
  [
    { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] } },
    { id: 'each', kind: 'map', config: { items: '[1, 2, 3]', onItemError: 'null' } },
    agent('write', 'each'),
    agent('check', 'each'),
    { id: 'done', kind: 'output' },
  ],
  ['start -> each', 'write -> check', 'each -> done'],
)

function startMap() {
  const run = openRun(planOf(mapped, specs))
  run.done('start')
  run.opens('each', { type: 'items', count: 3, concurrency: 2 })
  return run
}

describe('what the canvas shows of a box', () => {
  it('is the item that was chosen, or else the one that is followed', () => {
    const run = openRun(planOf(mapped, specs))
    expect(instanceOf(mapped, run.state, looked, 'write')).toBeNull()
    expect(instanceOf(mapped, run.state, looked, 'each')).toBe('each')
    const { state } = startMap()
    expect(instanceOf(mapped, state, looked, 'write')).toBe('each[0]/write')
    const followed = new Map([['each', 1]])
    expect(instanceOf(mapped, state, { ...looked, followed }, 'check')).toBe('each[1]/check')
    expect(instanceOf(mapped, state, { chosen: new Map([['each', 2]]), followed }, 'check')).toBe('each[2]/check')
    expect(instanceOf(mapped, state, { chosen: new Map([['each', 9]]), followed }, 'check')).toBe('each[2]/check')
  })

  it('counts items that are done, at work and failed, and follows one that works', () => {
    const run = startMap()
    const first = boxProgress(mapped, run.state, 'each', 'each')
    expect(first).toMatchObject({ total: 3, done: 0, active: 2, marks: ['active', 'active', 'idle'] })
    expect(scopeToFollow(first, 1)).toBe(1)
    expect(scopeToFollow(first, 2)).toBe(0)
    run.done('each[0]/write')
    run.done('each[0]/check')
    run.failed('each[2]/write', { code: 'rejected' })
    const progress = boxProgress(mapped, run.state, 'each', 'each')
    expect(progress).toMatchObject({ total: 3, done: 1, failed: 1, active: 1 })
    expect(progress.marks).toEqual(['done', 'active', 'failed'])
    expect(scopeToFollow(progress, 1)).toBe(1)
    expect(scopeToFollow({ ...progress, marks: ['done', 'done', 'failed'] }, 1)).toBe(2)
    expect(scopeToFollow({ ...progress, marks: ['done', 'done', 'idle'] }, 0)).toBe(1)
  })

  it('finds its way from any path of the run back to the card that shows it', () => {
    const id = fc.constantFrom('a', 'crew', 'each_1')
    const segment = fc.record({ id, turn: fc.option(fc.integer({ min: 1, max: 30 })), index: fc.nat(200) })
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 3 }), id, (boxes, node) => {
        let prefix = ''
        const scopes: [string, number][] = []
        for (const box of boxes) {
          const key = `${prefix}${box.id}${box.turn === null ? '' : `#${box.turn}`}`
          scopes.push([key, box.index])
          prefix = `${key}[${box.index}]/`
        }
        expect(placesOn(`${prefix}${node}`)).toEqual({ node, scopes })
        expect(placesOn(`${prefix}${node}#2`).node).toBe(node)
      }),
    )
  })

  it('shows for every node of a team its last turn, which the tree of the run knows too', () => {
    const graph = buildGraph(
      [
        { id: 'crew', kind: 'team', config: { mode: 'supervisor', goal: 'Win', lead: 'boss' } },
        agent('boss', 'crew'),
        agent('coder', 'crew'),
        { id: 'done', kind: 'output' },
      ],
      ['crew -> done'],
    )
    const run = openRun(planOf(graph, specs))
    const turns = (...members: [string, number][]): Opening => ({
      type: 'turns',
      turns: members.map(([member, turn]) => ({ member, turn })),
    })
    const open = (opening: Opening) => run.opens('crew', opening)
    open(turns(['boss', 1]))
    run.done('crew/boss#1')
    open(turns(['coder', 1], ['coder', 2]))
    expect(instanceOf(graph, run.state, looked, 'coder')).toBe('crew/coder#2')
    run.say({ type: 'node.started', path: 'crew/coder#2', attempt: 1 })
    const team = { mode: 'supervisor', lead: 'boss', members: ['boss', 'coder'] }
    expect(talksOf(run.state, 'crew', team)).toEqual([{ from: 'boss', to: 'coder', isNow: true }])
    run.done('crew/coder#1')
    run.done('crew/coder#2')
    open(turns(['boss', 2]))
    run.say({ type: 'node.started', path: 'crew/boss#2', attempt: 1 })
    expect(talksOf(run.state, 'crew', team)).toEqual([
      { from: 'boss', to: 'coder', isNow: false },
      { from: 'coder', to: 'boss', isNow: true },
    ])
    const paths = (entries: readonly TreeEntry[]): string[] =>
      entries.flatMap((entry) => [...(entry.type === 'node' ? [entry.path] : []), ...paths(entry.inside)])
    expect(paths(runTree(graph, run.state))).toContain(instanceOf(graph, run.state, looked, 'coder'))
  })
})

describe('an edge', () => {
  const graph = buildGraph(
    [
      { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] } },
      { id: 'ask', kind: 'condition', config: { expression: 'true' } },
      agent('yes'),
      agent('no'),
    ],
    ['start -> ask', 'ask.true -> yes', 'ask.false -> no'],
  )
  const edges = graph.edges.map((edge) => ({ edge, name: `${edge.source} ${edge.target}` }))
  const look = (state: Parameters<typeof wireState>[0]) =>
    Object.fromEntries(edges.map(({ edge, name }) => [name, wireState(state, edge, edge.source, edge.target)]))

  it('lights up when data passes, calms down when it was used, and the way not taken goes dim', () => {
    const run = openRun(planOf(graph, specs))
    expect(look(run.state)).toEqual({ 'start ask': 'idle', 'ask yes': 'idle', 'ask no': 'idle' })
    run.done('start')
    run.done('ask', ['true'])
    run.say({ type: 'node.started', path: 'yes', attempt: 1 })
    expect(look(run.state)).toEqual({ 'start ask': 'passed', 'ask yes': 'passing', 'ask no': 'dead' })
    run.done('yes')
    expect(look(run.state)).toMatchObject({ 'ask yes': 'passed', 'ask no': 'dead' })
  })

  it('by the port of a failure that was dealt with is alive', () => {
    const run = openRun(planOf(graph, specs))
    const handled = { port: 'error', output: refTo({ error: 'x' } as Json) }
    run.say({ type: 'node.failed', path: 'start', attempt: 1, failure: { code: 'timeout', message: 'x' }, handled })
    const edge = { source: 'start', sourcePort: 'error', target: 'ask' }
    expect(wireState(run.state, edge, 'start', 'ask')).toBe('passed')
    expect(wireState(run.state, { source: 'start', target: 'ask' }, 'start', 'ask')).toBe('dead')
  })
})

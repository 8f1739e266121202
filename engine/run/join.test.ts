import { describe, expect, it } from 'vitest'
import { buildGraph } from '@/engine/testing/build-graph'
import { openRun, planOf } from '@/engine/testing/open-run'
import { specs } from '@/nodes/registry/specs'

const input = { id: 'start', kind: 'input', config: { fields: [] } }
const yes = { kind: 'condition', config: { expression: 'true' } }
const agent = (id: string) => ({ id, kind: 'agent', config: { instructions: 'work' } })
const open = (...graph: Parameters<typeof buildGraph>) => openRun(planOf(buildGraph(...graph), specs))

describe('which nodes start', () => {
  it('starts a node when its source is done, and ends the run when all are settled', () => {
    const run = open([input, agent('a'), { id: 'end', kind: 'output' }], ['start -> a', 'a -> end'])
    expect(run.todo()).toEqual(['start'])
    run.done('start')
    expect(run.todo()).toEqual(['a'])
    run.done('a')
    run.done('end', [])
    expect(run.state.run.status).toBe('completed')
    expect(run.types().slice(2)).toEqual([
      'node.completed start',
      'node.started a',
      'node.completed a',
      'node.completed end',
      'run.completed',
    ])
  })

  it('skips a branch that is not taken, and everything that only it leads to', () => {
    const nodes = [input, { id: 'either', ...yes }, agent('a'), agent('b'), agent('c'), agent('d')]
    const run = open(nodes, ['start -> either', 'either.true -> a', 'either.false -> b', 'b -> c', 'c -> d'])
    run.done('start')
    run.done('either', ['true'])
    expect(run.todo()).toEqual(['a'])
    expect(['b', 'c', 'd'].map(run.statusOf)).toEqual(['skipped', 'skipped', 'skipped'])
    run.done('a')
    expect(run.state.run.status).toBe('completed')
  })

  it('runs the end of a diamond when one of its branches is dead, but not before the other one is done', () => {
    const nodes = [input, { id: 'either', ...yes }, agent('a'), agent('b'), agent('c')]
    const run = open(nodes, ['start -> either', 'either.true -> a', 'either.false -> b', 'a -> c', 'b -> c'])
    run.done('start')
    run.done('either', ['true'])
    expect(run.statusOf('b')).toBe('skipped')
    expect(run.todo()).toEqual(['a'])
    run.done('a')
    expect(run.todo()).toEqual(['c'])
  })

  it('skips the end of a diamond when both of its branches are dead', () => {
    const nodes = [input, { id: 'either', ...yes }, agent('a'), agent('b'), agent('c')]
    const run = open(nodes, ['start -> either', 'either.false -> a', 'either.false -> b', 'a -> c', 'b -> c'])
    run.done('start')
    run.done('either', ['true'])
    expect(run.statusOf('c')).toBe('skipped')
    expect(run.state.run.status).toBe('completed')
  })

  it('takes two edges from one node as two chances to be reached', () => {
    const run = open(
      [input, { id: 'either', ...yes }, agent('a')],
      ['start -> either', 'either.true -> a', 'either.false -> a'],
    )
    run.done('start')
    run.done('either', ['false'])
    expect(run.todo()).toEqual(['a'])
  })
})

describe('merge any', () => {
  const any = { id: 'first', kind: 'merge', config: { mode: 'any' } }
  const nodes = [input, agent('a'), agent('b'), any, agent('c')]
  const edges = ['start -> a', 'start -> b', 'a -> first', 'b -> first', 'first -> c']

  it('goes on with the first source, once, and the run still waits for the late one', () => {
    const run = open(nodes, edges)
    run.done('start')
    run.done('b')
    expect(run.todo()).toEqual(['a', 'first'])
    run.done('first')
    run.done('c')
    expect(run.state.run.status).toBe('running')
    run.done('a')
    expect(run.state.run.status).toBe('completed')
    expect(run.types().filter((text) => text === 'node.completed first')).toHaveLength(1)
  })

  it('is not skipped by a dead source while another may still come', () => {
    const run = open(
      [input, { id: 'either', ...yes }, agent('a'), any],
      ['start -> either', 'start -> a', 'either.false -> first', 'a -> first'],
    )
    run.done('start')
    run.done('either', ['true'])
    expect(run.statusOf('first')).toBe('idle')
    run.done('a')
    expect(run.todo()).toEqual(['first'])
  })
})

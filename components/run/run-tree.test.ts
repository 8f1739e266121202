import { describe, expect, it } from 'vitest'
import type { Graph } from '@/engine/graph/schema'
import type { Fact } from '@/engine/run/events'
import { replay } from '@/engine/run/reduce'
import { findNode, progressOf, runTree, type TreeEntry } from './run-tree'

const ref = { hash: 'h', size: 1, preview: '1' }
const stateAfter = (...facts: Fact[]) => replay(facts.map((fact, index) => ({ ...fact, seq: index + 1, at: index })))
const node = (id: string, kind: string, parent?: string) => ({ id, kind, config: {}, ...(parent && { parent }) })
const graphOf = (nodes: Graph['nodes'], ...edges: [string, string][]): Graph => ({
  baton: 1,
  name: 'Test',
  nodes,
  edges: edges.map(([source, target]) => ({ source, target })),
})
const opened = (path: string, opening: Extract<Fact, { type: 'step.completed' }>['opening']): Fact[] => [
  { type: 'node.started', path, attempt: 1 },
  { type: 'step.completed', path, step: 'o1', kind: 'open', result: ref, startedAt: 0, ...(opening && { opening }) },
]
const done = (path: string): Fact => ({ type: 'node.completed', path, attempt: 1, output: ref, ports: ['out'] })
const titles = (entries: readonly TreeEntry[]): unknown[] =>
  entries.map((entry) => (entry.inside.length > 0 ? [entry.title, titles(entry.inside)] : entry.title))

describe('a run as a tree', () => {
  it('lists nodes with sources before targets, without notes', () => {
    const graph = graphOf(
      [node('end', 'output'), node('memo', 'note'), node('write', 'agent'), node('start', 'input')],
      ['start', 'write'],
      ['write', 'end'],
    )
    expect(titles(runTree(graph, stateAfter()))).toEqual(['start', 'write', 'end'])
  })

  it('shows a map with its items, and each item with its own nodes', () => {
    const graph = graphOf([node('each', 'map'), node('write', 'agent', 'each')])
    const state = stateAfter(...opened('each', { type: 'items', count: 3, concurrency: 2 }), done('each[0]/write'), {
      type: 'node.started',
      path: 'each[1]/write',
      attempt: 1,
    })
    const tree = runTree(graph, state)
    expect(titles(tree)).toEqual([
      [
        'each',
        [
          ['Item 1', ['write']],
          ['Item 2', ['write']],
          ['Item 3', ['write']],
        ],
      ],
    ])
    expect(progressOf(tree[0]?.inside ?? [])).toEqual({ total: 3, done: 1, active: 1, failed: 0 })
    expect(findNode(tree, 'each[0]/write')?.state?.status).toBe('completed')
  })

  it('shows the turns of a team in the order in which they were given, and boxes in boxes', () => {
    const graph = graphOf([
      node('again', 'loop'),
      node('crew', 'team', 'again'),
      node('lead', 'agent', 'crew'),
      node('coder', 'agent', 'crew'),
    ])
    const state = stateAfter(
      ...opened('again', { type: 'iteration', index: 0 }),
      ...opened('again[0]/crew', { type: 'turns', turns: [{ member: 'lead', turn: 1 }] }),
      ...opened('again[0]/crew', { type: 'turns', turns: [{ member: 'coder', turn: 1 }] }),
      ...opened('again[0]/crew', { type: 'turns', turns: [{ member: 'lead', turn: 2 }] }),
      { type: 'node.started', path: 'again[0]/crew/lead#2', attempt: 1 },
    )
    const tree = runTree(graph, state)
    expect(titles(tree)).toEqual([['again', [['Iteration 1', [['crew', ['lead', 'coder', 'lead, turn 2']]]]]]])
    expect(findNode(tree, 'again[0]/crew/lead#2')?.state?.status).toBe('running')
  })
})

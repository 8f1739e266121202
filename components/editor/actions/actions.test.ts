import { describe, expect, it } from 'vitest'
import { addNode, placeForNew } from '@/components/editor/actions/add-node'
import { dropNodes } from '@/components/editor/actions/drop-nodes'
import { groupIntoTeam } from '@/components/editor/actions/group-into-team'
import { align, deleteSelection, nudge } from '@/components/editor/actions/selection'
import { validEnds, whyNoEnd } from '@/components/editor/graph/connecting'
import { placesOf } from '@/components/editor/graph/geometry'
import { agent, editorOf, graphOf, nodeOf, team, wires } from '@/components/editor/testing/editor-of'
import { word } from '@/e2e/testing/chance'
import type { GraphNode } from '@/engine/graph/schema'

const at = (x: number, y: number) => ({ position: { x, y } })
const drop = (id: string, x: number, y: number) => new Map([[id, { x, y }]])

describe('dropping a node into a box', () => {
  const open = () =>
    editorOf(
      graphOf(
        [
          agent('a', at(0, 0)),
          agent('b', at(300, 0)),
          agent('c', at(1400, 0)),
          team('crew', at(600, 0)),
          agent('d', { parent: 'crew', ...at(20, 52) }),
        ],
        [
          { source: 'a', target: 'b' },
          { source: 'b', target: 'c' },
        ],
      ),
    )

  it('makes it a member, places it inside and leads its edges to the box, in one step', () => {
    const editor = open()
    const before = editor.store.getState().graph
    dropNodes(editor, { positions: drop('b', 900, 200), box: 'crew', edge: null })
    expect(nodeOf(editor, 'b')).toMatchObject({ parent: 'crew', position: { x: 300, y: 200 } })
    expect(wires(editor)).toEqual(['a>crew', 'crew>c'])
    expect(editor.store.getState().past).toHaveLength(1)
    editor.store.getState().undo()
    expect(editor.store.getState().graph).toEqual(before)
  })

  it('takes it out again at the place where it was let go', () => {
    const editor = open()
    dropNodes(editor, { positions: drop('d', -400, 300), box: null, edge: null })
    expect(nodeOf(editor, 'd')).toMatchObject({ position: { x: 200, y: 300 } })
    expect(nodeOf(editor, 'd').parent).toBeUndefined()
  })

  it('only moves what may not be a member', () => {
    const editor = editorOf(
      graphOf([team('crew', at(600, 0)), { id: 'x', kind: 'transform', config: {}, ...at(0, 0) }]),
    )
    dropNodes(editor, { positions: drop('x', 620, 60), box: 'crew', edge: null })
    expect(nodeOf(editor, 'x').parent).toBeUndefined()
    expect(nodeOf(editor, 'x').position).toEqual({ x: 620, y: 60 })
  })

  it('grows the box with what lies in it, through every box around', () => {
    const editor = editorOf(
      graphOf([
        { id: 'each', kind: 'map', config: {}, ...at(0, 0) },
        team('crew', { parent: 'each', ...at(20, 52) }),
        agent('a', { parent: 'crew', ...at(900, 500) }),
      ]),
    )
    const places = placesOf(editor.store.getState().graph)
    expect(places.get('crew')?.size).toEqual({ width: 1160, height: 604 })
    expect(places.get('each')?.size).toEqual({ width: 1200, height: 676 })
  })

  it('goes between two nodes when it is let go on their edge', () => {
    const editor = editorOf(
      graphOf([agent('a', at(0, 0)), agent('b', at(600, 0)), agent('n', at(0, 400))], [{ source: 'a', target: 'b' }]),
    )
    dropNodes(editor, { positions: drop('n', 300, 0), box: null, edge: { source: 'a', target: 'b' } })
    expect(wires(editor)).toEqual(['a>n', 'n>b'])
  })
})

describe('the lead of a team', () => {
  const names = [word('a'), word('b'), word('c'), word('d')] as const
  const [older, first, second, younger] = names
  const open = (config: GraphNode['config']) =>
    editorOf(
      graphOf([
        agent(older, at(0, 0)),
        team('crew', { config, ...at(600, 0) }),
        agent(first, { parent: 'crew', ...at(20, 52) }),
        agent(second, { parent: 'crew', ...at(20, 200) }),
        agent(younger, at(0, 300)),
      ]),
    )
  const join = (editor: ReturnType<typeof open>, id: string) =>
    dropNodes(editor, { positions: drop(id, 640, 300), box: 'crew', edge: null })
  const leads = (editor: ReturnType<typeof open>) =>
    editor.store
      .getState()
      .flow.nodes.filter(({ data }) => data.leads)
      .map(({ id }) => id)

  it('stays who it was when an older node joins, in the same step', () => {
    const editor = open({ mode: 'supervisor', goal: 'g' })
    expect(leads(editor)).toEqual([first])
    join(editor, older)
    expect(leads(editor)).toEqual([first])
    expect(nodeOf(editor, 'crew').config.lead).toBe(first)
    editor.store.getState().undo()
    expect(nodeOf(editor, 'crew').config).toEqual({ mode: 'supervisor', goal: 'g' })
  })

  it('is named only when it would change', () => {
    const editor = open({ mode: 'supervisor', goal: 'g' })
    join(editor, younger)
    expect(nodeOf(editor, 'crew').config).toEqual({ mode: 'supervisor', goal: 'g' })
    const parallel = open({ mode: 'parallel', goal: 'g' })
    join(parallel, older)
    expect(nodeOf(parallel, 'crew').config).toEqual({ mode: 'parallel', goal: 'g' })
    const named = open({ mode: 'supervisor', goal: 'g', lead: second })
    join(named, older)
    expect(leads(named)).toEqual([second])
  })
})

describe('adding', () => {
  it('puts a node behind the selected one, connected, and never on top of another', () => {
    const editor = editorOf(graphOf([agent('a', at(0, 0)), agent('b', at(320, 0))]))
    editor.store.getState().select(['a'])
    const id = addNode(editor, placeForNew(editor, 'agent'))
    expect(id).toBe('agent')
    expect(wires(editor)).toEqual(['a>agent'])
    expect(nodeOf(editor, 'agent').position).toEqual({ x: 320, y: 124 })
  })

  it('fills a selected team with members that are not connected', () => {
    const editor = editorOf(graphOf([team('crew')]))
    for (let count = 0; count < 3; count += 1) {
      editor.store.getState().select(['crew'])
      addNode(editor, placeForNew(editor, 'agent'))
    }
    expect(editor.store.getState().graph.nodes.filter(({ parent }) => parent === 'crew')).toHaveLength(3)
    expect(wires(editor)).toEqual([])
  })

  it('keeps the branch of an edge that it splits, and makes room', () => {
    const gate = { id: 'gate', kind: 'approval', config: {}, ...at(0, 0) }
    const edge = { source: 'gate', sourcePort: 'approved', target: 'b' }
    const editor = editorOf(
      graphOf([gate, agent('b', at(300, 0)), agent('c', at(600, 0))], [edge, { source: 'b', target: 'c' }]),
    )
    addNode(editor, { kind: 'agent', at: { x: 270, y: 0 }, parent: null, purpose: { type: 'insert', edge } })
    expect(wires(editor)).toEqual(['agent>b', 'b>c', 'gate.approved>agent'])
    expect(nodeOf(editor, 'b').position?.x).toBe(570)
    expect(nodeOf(editor, 'c').position?.x).toBe(870)
  })

  it('refuses what may not stand there and says so', () => {
    const editor = editorOf(graphOf([team('crew')]))
    expect(
      addNode(editor, { kind: 'transform', at: { x: 0, y: 0 }, parent: 'crew', purpose: { type: 'free' } }),
    ).toBeNull()
    expect(editor.said).toHaveLength(1)
  })
})

describe('where a connection may end', () => {
  const graph = graphOf(
    [
      agent('a'),
      agent('b'),
      agent('c'),
      team('crew'),
      agent('m', { parent: 'crew' }),
      { id: 'n', kind: 'note', config: {} },
      { id: 'start', kind: 'input', config: {} },
    ],
    [
      { source: 'a', target: 'b' },
      { source: 'b', target: 'c' },
    ],
  )
  const ends = (node: string, side: 'source' | 'target' = 'source') =>
    [...validEnds(graph, { node, port: 'out', side })].toSorted()

  it('is in the same box, not behind it, not a note and not the input', () => {
    expect(ends('b')).toEqual(['crew'])
    expect(ends('a')).toEqual(['c', 'crew'])
    expect(ends('c')).toEqual(['crew'])
    expect(ends('m')).toEqual([])
    expect(ends('crew')).toEqual(['a', 'b', 'c'])
  })

  it('holds the other way round', () => {
    expect(ends('c', 'target')).toEqual(['a', 'crew', 'start'])
    expect(ends('a', 'target')).toEqual(['crew', 'start'])
  })
})

describe('a connection that may not be', () => {
  const graph = graphOf(
    [
      { id: 'start', kind: 'input', name: word('Start '), config: {} },
      agent('a', { name: word('A ') }),
      agent('b', { name: word('B ') }),
      agent('c', { name: word('C ') }),
      { id: 'each', kind: 'map', config: {} },
      agent('m', { parent: 'each', name: word('M ') }),
      team('crew'),
      agent('x', { parent: 'crew' }),
      agent('y', { parent: 'crew' }),
      { id: 'n', kind: 'note', config: {} },
      { id: 'done', kind: 'output', name: word('Done '), config: {} },
    ],
    [
      { source: 'a', target: 'b' },
      { source: 'b', target: 'c' },
    ],
  )
  const nameOf = (id: string) => graph.nodes.find((each) => each.id === id)?.name ?? ''

  it.each([
    ['c', 'start', `Nothing can lead to ${nameOf('start')}: the workflow begins there.`],
    ['done', 'a', `Nothing can come after ${nameOf('done')}: the workflow ends there.`],
    ['a', 'b', `${nameOf('a')} leads to ${nameOf('b')} already.`],
    [
      'c',
      'a',
      `${nameOf('a')} comes before ${nameOf('c')}, so this would lead in a circle. To repeat something, use a loop.`,
    ],
    ['a', 'm', `${nameOf('a')} and ${nameOf('m')} lie in different boxes. Only nodes side by side can be connected.`],
    ['x', 'y', 'The members of a team are not connected: the team says who comes when.'],
    ['a', 'n', 'A note can’t be connected with anything.'],
  ])('from %s to %s says why, from each end that it can be drawn from', (source, target, why) => {
    const forwards = { node: source, port: 'out', side: 'source' } as const
    const backwards = { node: target, port: 'in', side: 'target' } as const
    const drawn = [
      ...(source === 'done' ? [] : [[forwards, target] as const]),
      ...(target === 'start' ? [] : [[backwards, source] as const]),
    ]
    for (const [end, other] of drawn) {
      expect(validEnds(graph, end).has(other)).toBe(false)
      expect(whyNoEnd(graph, end, other)).toBe(why)
    }
  })
})

describe('the selection', () => {
  const open = () =>
    editorOf(
      graphOf(
        [agent('a', at(0, 0)), agent('b', at(300, 50)), agent('c', at(900, 20))],
        [
          { source: 'a', target: 'b' },
          { source: 'b', target: 'c' },
        ],
      ),
    )

  it('is deleted with its edges, in one step', () => {
    const editor = open()
    editor.store.getState().select(['b'], ['a out b'])
    deleteSelection(editor)
    expect(wires(editor)).toEqual([])
    expect(editor.store.getState().past).toHaveLength(1)
  })

  it('moves by a series of keys in one step', () => {
    const editor = open()
    editor.store.getState().select(['a', 'b'])
    for (let count = 0; count < 5; count += 1) nudge(editor, { x: 10, y: 0 })
    expect(nodeOf(editor, 'b').position).toEqual({ x: 350, y: 50 })
    editor.store.getState().undo()
    expect(nodeOf(editor, 'b').position).toEqual({ x: 300, y: 50 })
  })

  it('is aligned and spread evenly', () => {
    const editor = open()
    editor.store.getState().select(['a', 'b', 'c'])
    align(editor, 'top')
    align(editor, 'columns')
    expect(['a', 'b', 'c'].map((id) => nodeOf(editor, id).position)).toEqual([
      { x: 0, y: 0 },
      { x: 450, y: 0 },
      { x: 900, y: 0 },
    ])
  })

  it('becomes a team: a chain a sequence, with the edges around it leading to the team', () => {
    const editor = open()
    editor.store.getState().select(['a', 'b'])
    groupIntoTeam(editor)
    expect(nodeOf(editor, 'team').config.mode).toBe('sequence')
    expect(nodeOf(editor, 'b').parent).toBe('team')
    expect(wires(editor)).toEqual(['team>c'])
    expect(placesOf(editor.store.getState().graph).get('b')?.absolute).toEqual({ x: 300, y: 50 })
    editor.store.getState().undo()
    expect(wires(editor)).toEqual(['a>b', 'b>c'])
  })
})

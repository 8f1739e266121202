import { describe, expect, it } from 'vitest'
import { addNode, placeForNew } from '@/components/editor/actions/add-node'
import { dropNodes } from '@/components/editor/actions/drop-nodes'
import { groupIntoTeam } from '@/components/editor/actions/group-into-team'
import { align, deleteSelection, nudge } from '@/components/editor/actions/selection'
import { validEnds } from '@/components/editor/graph/connecting'
import { placesOf } from '@/components/editor/graph/geometry'
import { agent, editorOf, graphOf, nodeOf, team, wires } from '@/components/editor/testing/editor-of'

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

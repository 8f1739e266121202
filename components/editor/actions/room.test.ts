import { describe, expect, it } from 'vitest'
import { addNode, placeForNew } from '@/components/editor/actions/add-node'
import { duplicateSelection } from '@/components/editor/actions/add-piece'
import { copySelection, cutSelection, pasteText } from '@/components/editor/actions/clipboard'
import { dropNodes } from '@/components/editor/actions/drop-nodes'
import { groupIntoTeam } from '@/components/editor/actions/group-into-team'
import { overlaps, type Rect, rectOf } from '@/components/editor/graph/geometry'
import { parentOf } from '@/components/editor/graph/graph-index'
import { agent, editorOf, graphOf, nodeOf, team } from '@/components/editor/testing/editor-of'
import { number, word } from '@/e2e/testing/chance'
import type { GraphNode } from '@/engine/graph/schema'

type Opened = ReturnType<typeof editorOf>

const at = (x: number, y: number) => ({ position: { x, y } })

const rect = (editor: Opened, id: string): Rect => {
  const found = rectOf(editor.store.getState().graph, id)
  if (found === null) throw new Error(`${id} lies nowhere.`)
  return found
}

/** Pairs of neighbours in the same box that lie on each other. */
function coverings({ store }: Opened): string[] {
  const { graph } = store.getState()
  return graph.nodes.flatMap((one, index) =>
    graph.nodes.slice(index + 1).flatMap((other) => {
      const [a, b] = [rectOf(graph, one.id), rectOf(graph, other.id)]
      const isBeside = parentOf(graph, one.id) === parentOf(graph, other.id)
      return isBeside && a !== null && b !== null && overlaps(a, b) ? [`${one.id} and ${other.id}`] : []
    }),
  )
}

const open = (nodes: readonly GraphNode[], selected: readonly string[] = []) => {
  const editor = editorOf(graphOf(nodes))
  editor.store.getState().select(selected)
  return editor
}

/** Every second one is a member, the others stand in between. */
function scattered(count: number, more: Partial<GraphNode> = {}) {
  const [width, left] = [number(260, 400), number(20, 300)]
  const nodes = Array.from({ length: count * 2 - 1 }, (_, index) =>
    agent(word(), { ...at(left + index * width, number(60, 160)), ...more }),
  )
  const members = nodes.filter((_, index) => index % 2 === 0).map(({ id }) => id)
  return { nodes, members }
}

describe('a team around nodes with others in between', () => {
  it.each([2, 3, 4, 7])('brings %i members together in their order, and covers nobody else', (count) => {
    const { nodes, members } = scattered(count)
    const editor = open(nodes, members.toReversed())
    groupIntoTeam(editor)
    expect(coverings(editor)).toEqual([])
    expect(members.map((id) => nodeOf(editor, id).parent)).toEqual(members.map(() => 'team'))
    const rects = members.map((id) => rect(editor, id))
    const order = rects.toSorted((a, b) => a.y - b.y || a.x - b.x)
    expect(rects).toEqual(order)
    const rows = Map.groupBy(rects, ({ y }) => y)
    expect(rows.size).toBe(count > 4 ? 3 : 1)
    for (const row of rows.values())
      for (const [index, { x }] of row.entries()) expect(x).toBe((row[0]?.x ?? 0) + index * (240 + 24))
    editor.store.getState().undo()
    expect(editor.store.getState().graph.nodes).toEqual(nodes)
  })

  it('does so in a box too, and stays in it', () => {
    const box = word('b')
    const { nodes, members } = scattered(3, { parent: box })
    const editor = open([{ id: box, kind: 'map', config: {}, ...at(number(), number()) }, ...nodes], members)
    groupIntoTeam(editor)
    expect(coverings(editor)).toEqual([])
    expect(nodeOf(editor, 'team').parent).toBe(box)
    expect(nodeOf(editor, 'team').position?.x).toBeGreaterThanOrEqual(20)
    expect(nodeOf(editor, 'team').position?.y).toBeGreaterThanOrEqual(52)
  })

  it('leaves everybody in their place when nobody else is there', () => {
    const { nodes, members } = scattered(4)
    const editor = open(
      nodes.filter(({ id }) => members.includes(id)),
      members,
    )
    const before = members.map((id) => rect(editor, id))
    groupIntoTeam(editor)
    expect(members.map((id) => rect(editor, id))).toEqual(before)
  })
})

describe('a copy covers nothing', () => {
  const crew = (left: number) => [
    team('crew', at(left, 0)),
    agent('one', { parent: 'crew', ...at(20, 52) }),
    agent('two', { parent: 'crew', ...at(number(20, 200), number(160, 200)) }),
  ]

  it('in the box that a node is pasted into, which stays small', () => {
    const editor = open([...crew(0), agent('three', at(number(700, 5_000), number(-500, 500)))], ['three'])
    const text = cutSelection(editor) ?? ''
    editor.store.getState().select(['crew'])
    expect(pasteText(editor, text, null)).toBe(true)
    expect(nodeOf(editor, 'three').parent).toBe('crew')
    expect(coverings(editor)).toEqual([])
    expect(rect(editor, 'crew').width).toBeLessThan(800)
    expect(rect(editor, 'crew').height).toBeLessThan(500)
  })

  it('when a box is pasted or duplicated beside itself, again and again', () => {
    const editor = open([agent('start', at(number(-300, -250), 0)), ...crew(0), agent('end', at(number(500, 700), 0))])
    editor.store.getState().select(['crew'])
    const text = copySelection(editor) ?? ''
    for (let times = number(1, 3); times > 0; times -= 1) {
      pasteText(editor, text, null)
      duplicateSelection(editor)
    }
    expect(coverings(editor)).toEqual([])
  })

  it('when it is pasted where the pointer is on something', () => {
    const editor = open([...crew(0), agent('end', at(600, 0))], ['end'])
    const text = copySelection(editor) ?? ''
    pasteText(editor, text, { x: number(600, 840), y: number(0, 84) })
    expect(coverings(editor)).toEqual([])
  })

  it('nor does a note that is duplicated lie on the note', () => {
    const note = { id: 'note', kind: 'note', config: { text: word() }, ...at(number(), number()) }
    const editor = open([note], ['note'])
    duplicateSelection(editor)
    expect(coverings(editor)).toEqual([])
  })

  it('and what was cut comes back to its place', () => {
    const { nodes, members } = scattered(3)
    const editor = open(nodes, members)
    const before = members.map((id) => rect(editor, id))
    pasteText(editor, cutSelection(editor) ?? '', null)
    expect(members.map((id) => rect(editor, id))).toEqual(before)
  })
})

describe('a box that grows', () => {
  const [right, below] = [number(300, 340), number(190, 230)]
  const open = () => {
    const editor = editorOf(
      graphOf([
        { id: 'each', kind: 'map', config: {}, ...at(0, 0) },
        team('crew', { parent: 'each', ...at(20, 52) }),
        agent('one', { parent: 'crew', ...at(20, 52) }),
        agent('beside', { parent: 'each', ...at(20 + right, 60) }),
        agent('under', { parent: 'each', ...at(60, 52 + below) }),
        agent('further', { parent: 'each', ...at(60, 52 + below + 100) }),
        agent('outside', at(20 + right + 240 + number(30, 60), 0)),
        agent('new', at(-900, -900)),
      ]),
    )
    expect(coverings(editor)).toEqual([])
    return editor
  }

  it.each([
    ['below', () => ({ x: number(40, 60), y: number(180, 220) })],
    ['at the right', () => ({ x: number(270, 400), y: number(104, 120) })],
    ['at the corner', () => ({ x: number(270, 400), y: number(180, 220) })],
  ])('by what is dropped %s covers nobody, in it and around it, in one step', (_where, to) => {
    const editor = open()
    const before = editor.store.getState().graph
    dropNodes(editor, { positions: new Map([['new', to()]]), box: 'crew', edge: null })
    expect(nodeOf(editor, 'new').parent).toBe('crew')
    expect(coverings(editor)).toEqual([])
    const [under, further] = [rect(editor, 'under'), rect(editor, 'further')]
    expect(further.y - under.y).toBe(100)
    editor.store.getState().undo()
    expect(editor.store.getState().graph).toEqual(before)
  })

  it('by what is moved in it, added to it or pasted into it covers nobody either', () => {
    const editor = open()
    dropNodes(editor, {
      positions: new Map([['one', { x: number(60, 300), y: number(80, 300) }]]),
      box: 'crew',
      edge: null,
    })
    expect(coverings(editor)).toEqual([])
    for (let times = number(1, 4); times > 0; times -= 1) {
      editor.store.getState().select(['crew'])
      addNode(editor, placeForNew(editor, 'agent'))
      expect(coverings(editor)).toEqual([])
    }
    editor.store.getState().select(['new'])
    const text = copySelection(editor) ?? ''
    editor.store.getState().select(['crew'])
    pasteText(editor, text, null)
    expect(nodeOf(editor, 'new_2').parent).toBe('crew')
    expect(coverings(editor)).toEqual([])
  })

  it('leaves those in their place that it does not reach', () => {
    const editor = open()
    const [beside, outside] = [rect(editor, 'beside'), rect(editor, 'outside')]
    dropNodes(editor, { positions: new Map([['new', { x: 40, y: 200 }]]), box: 'crew', edge: null })
    expect([rect(editor, 'beside'), rect(editor, 'outside')]).toEqual([beside, outside])
  })
})

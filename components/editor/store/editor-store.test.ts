import { describe, expect, it } from 'vitest'
import { editPin, pinOutput, unpinOutput } from '@/components/editor/actions/pin-output'
import { agent, editorOf, graphOf, nodeOf } from '@/components/editor/testing/editor-of'
import type { Edit } from '@/engine/graph/edits'

const open = () => editorOf(graphOf([agent('a'), agent('b')], [{ source: 'a', target: 'b' }]))
const type = (node: string, value: string): Edit => ({ type: 'configure', node, path: ['prompt'], value })

describe('pins', () => {
  it('go back and forth like everything else, and typing in one is one step', () => {
    const editor = open()
    const { undo, redo, commit } = editor.store.getState()
    const pins = () => editor.store.getState().pins
    for (const text of ['h', 'he', 'hey']) editPin(editor, 'a', { text })
    expect(editor.store.getState().past).toHaveLength(1)
    unpinOutput(editor, 'a')
    expect(pins()).toEqual({})
    undo()
    expect(pins()).toEqual({ a: { text: 'hey' } })
    undo()
    expect(pins()).toEqual({})
    redo()
    expect(pins()).toEqual({ a: { text: 'hey' } })
    commit({ type: 'remove', nodes: ['a'] }, { label: 'Delete' })
    undo()
    expect(pins()).toEqual({ a: { text: 'hey' } })
  })

  it('show on the card of their node and on no other', () => {
    const editor = open()
    const shown = () => editor.store.getState().flow.nodes.flatMap(({ id, data }) => (data.pinned ? [id] : []))
    expect(shown()).toEqual([])
    pinOutput(editor, 'b', null)
    expect(shown()).toEqual(['b'])
  })
})

describe('history', () => {
  it('goes back and forth over every kind of step', () => {
    const { store } = open()
    const { commit, undo, redo } = store.getState()
    const before = store.getState().graph
    commit({ type: 'remove', nodes: ['a'] }, { label: 'Delete' })
    commit({ type: 'set', node: 'b', options: { name: 'B' } }, { label: 'Rename' })
    const after = store.getState().graph
    undo()
    undo()
    expect(store.getState().graph).toEqual(before)
    undo()
    expect(store.getState().graph).toEqual(before)
    redo()
    redo()
    redo()
    expect(store.getState().graph).toEqual(after)
  })

  it('takes typing in one field as one step, until the field is left', () => {
    const editor = open()
    const { commit, seal, undo } = editor.store.getState()
    for (const text of ['h', 'he', 'hey']) commit(type('a', text), { label: 'Edit', merge: 'a.prompt' })
    expect(editor.store.getState().past).toHaveLength(1)
    seal()
    commit(type('a', 'hey!'), { label: 'Edit', merge: 'a.prompt' })
    expect(editor.store.getState().past).toHaveLength(2)
    undo()
    expect(nodeOf(editor, 'a').config.prompt).toBe('hey')
    undo()
    expect(nodeOf(editor, 'a').config.prompt).toBeUndefined()
    editor.store.getState().redo()
    expect(nodeOf(editor, 'a').config.prompt).toBe('hey')
  })

  it('keeps a long text that is typed as one edit', () => {
    const { store } = open()
    for (let length = 1; length <= 500; length += 1)
      store.getState().commit(type('a', 'x'.repeat(length)), { label: 'Edit', merge: 'a.prompt' })
    expect(store.getState().past).toMatchObject([{ edit: { type: 'configure' }, inverse: { type: 'configure' } }])
  })

  it('does not join steps with another one in between', () => {
    const { store } = open()
    const { commit } = store.getState()
    commit(type('a', '1'), { label: 'Edit', merge: 'a.prompt' })
    commit(type('b', '1'), { label: 'Edit', merge: 'b.prompt' })
    commit(type('a', '2'), { label: 'Edit', merge: 'a.prompt' })
    expect(store.getState().past).toHaveLength(3)
  })

  it('forgets what was undone when something else is done', () => {
    const { store } = open()
    const { commit, undo } = store.getState()
    commit(type('a', '1'), { label: 'Edit' })
    undo()
    commit(type('b', '1'), { label: 'Edit' })
    expect(store.getState().future).toEqual([])
  })

  it('changes nothing when an edit is refused, and says why', () => {
    const { store } = open()
    const before = store.getState().graph
    const done = store.getState().commit({ type: 'connect', edge: { source: 'a', target: 'a' } }, { label: 'Connect' })
    expect(done).toMatchObject({ ok: false, why: expect.stringContaining('itself') })
    expect(store.getState()).toMatchObject({ graph: before, past: [] })
  })
})

describe('what is drawn', () => {
  it('gives only what changed a new object', () => {
    const { store } = open()
    const before = store.getState().flow
    store.getState().commit(type('a', 'hey'), { label: 'Edit' })
    const after = store.getState().flow
    expect(after.nodes[0]).not.toBe(before.nodes[0])
    expect(after.nodes[1]).toBe(before.nodes[1])
    expect(after.edges).toBe(before.edges)
  })

  it('draws again only the nodes whose problems changed', () => {
    const { store } = open()
    const before = store.getState().flow
    store.setState({ problems: [{ code: 'x', severity: 'error', nodeId: 'b', message: 'm' }] })
    const after = store.getState().flow
    expect(after.nodes[0]).toBe(before.nodes[0])
    expect(after.nodes[1]?.data.errors).toBe(1)
    store.setState({ problems: [{ code: 'y', severity: 'error', nodeId: 'b', message: 'another' }] })
    expect(store.getState().flow).toBe(after)
  })

  it('leaves a node where the hand has it while something else changes', () => {
    const { store } = open()
    store.getState().setFlow(({ nodes, edges }) => ({
      nodes: nodes.map((node) => (node.id === 'a' ? { ...node, dragging: true, position: { x: 777, y: 7 } } : node)),
      edges,
    }))
    store.setState({ problems: [{ code: 'x', severity: 'error', nodeId: 'a', message: 'm' }] })
    expect(store.getState().flow.nodes[0]?.position).toEqual({ x: 777, y: 7 })
  })

  it('lets go of nodes that are gone', () => {
    const { store } = open()
    store.getState().select(['a', 'b'])
    store.getState().commit({ type: 'remove', nodes: ['a'] }, { label: 'Delete' })
    expect([...store.getState().selected]).toEqual(['b'])
  })

  it('draws a port that an edge leaves by although the kind has none of that name', () => {
    const { store } = editorOf(graphOf([agent('a'), agent('b')], [{ source: 'a', sourcePort: 'lost', target: 'b' }]))
    expect(store.getState().flow.nodes[0]?.data.ports).toEqual([
      { name: 'out', known: true },
      { name: 'lost', known: false },
    ])
  })
})

describe('an edit that changes nothing', () => {
  it('is no step to undo, and what was undone can still be done again', () => {
    const editor = open()
    const { commit, undo, redo } = editor.store.getState()
    const state = () => editor.store.getState()
    commit(type('a', 'hey'), { label: 'Edit' })
    const after = state().graph
    undo()
    const before = state().graph
    for (const edit of [
      { type: 'set_graph', properties: { name: before.name } },
      { type: 'configure', node: 'b', path: ['prompt'] },
      { type: 'set', node: 'b', options: { name: undefined } },
      { type: 'batch', edits: [type('b', 'x'), { type: 'configure', node: 'b', path: ['prompt'] }] },
    ] as Edit[])
      expect(commit(edit, { label: 'Nothing' })).toEqual({ ok: true })
    expect(state()).toMatchObject({ graph: before, past: [] })
    redo()
    expect(state().graph).toEqual(after)
    commit({ type: 'move', positions: { a: { x: 5, y: 5 } } }, { label: 'Move' })
    expect(state().past).toHaveLength(2)
    commit({ type: 'move', positions: { a: { x: 5, y: 5 } } }, { label: 'Align' })
    expect(state().past).toHaveLength(2)
  })
})

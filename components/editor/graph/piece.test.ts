import { describe, expect, it } from 'vitest'
import { duplicateSelection } from '@/components/editor/actions/add-piece'
import { copySelection, cutSelection, pasteText } from '@/components/editor/actions/clipboard'
import { agent, editorOf, graphOf, nodeOf, team, wires } from '@/components/editor/testing/editor-of'
import { renameIn, renameInTemplate, renameReferences } from '@/engine/graph/rename-references'
import { compile } from '@/engine/plan/compile'
import { specs } from '@/nodes/registry/specs'

const source = () =>
  editorOf(
    graphOf(
      [
        { id: 'start', kind: 'input', config: { fields: [{ name: 'topic', type: 'text' }] }, position: { x: 0, y: 0 } },
        agent('write', { position: { x: 300, y: 0 }, config: { prompt: 'About {{ start.topic }}, not write.text' } }),
        { id: 'check', kind: 'condition', config: { expression: 'size(write.text) > 3' }, position: { x: 600, y: 0 } },
      ],
      [
        { source: 'start', target: 'write' },
        { source: 'write', target: 'check' },
      ],
    ),
  )

describe('copy and paste', () => {
  it('brings nodes and the edges among them, with references that follow', () => {
    const editor = source()
    editor.store.getState().select(['write', 'check'])
    const text = copySelection(editor) ?? ''
    expect(pasteText(editor, text, null)).toBe(true)
    expect(wires(editor)).toEqual(['start>write', 'write>check', 'write_2>check_2'])
    expect(nodeOf(editor, 'check_2').config.expression).toBe('size(write_2.text) > 3')
    expect(nodeOf(editor, 'write_2').config.prompt).toBe('About {{ start.topic }}, not write.text')
    expect([...editor.store.getState().selected]).toEqual(['write_2', 'check_2'])
    editor.store.getState().undo()
    expect(editor.store.getState().graph).toEqual(source().store.getState().graph)
  })

  it('carries a box with all that lies in it into another workflow', () => {
    const editor = editorOf(
      graphOf([
        team('crew', { config: { mode: 'supervisor', goal: 'g', lead: 'boss' } }),
        agent('boss', { parent: 'crew' }),
        agent('hand', { parent: 'crew' }),
      ]),
    )
    editor.store.getState().select(['crew'])
    const other = editorOf(graphOf([agent('boss')]))
    expect(pasteText(other, copySelection(editor) ?? '', { x: 50, y: 60 })).toBe(true)
    expect(nodeOf(other, 'crew').config.lead).toBe('boss_2')
    expect(nodeOf(other, 'boss_2').parent).toBe('crew')
    expect(compile(other.store.getState().graph, specs).ok).toBe(true)
  })

  it('reads JSON too, and says what is wrong with other text', () => {
    const editor = source()
    expect(pasteText(editor, JSON.stringify(graphOf([agent('helper')])), null)).toBe(true)
    expect(nodeOf(editor, 'helper').kind).toBe('agent')
    expect(pasteText(editor, 'Hello there', null)).toBe(false)
    expect(editor.said.at(-1)).toContain("can't be pasted")
  })

  it('leaves edges that would have to cross where they are', () => {
    const editor = source()
    editor.store.getState().select(['write'])
    expect(cutSelection(editor)).not.toContain('source:')
    expect(wires(editor)).toEqual([])
  })

  it('never puts a copy exactly on top of another', () => {
    const editor = source()
    editor.store.getState().select(['write'])
    duplicateSelection(editor)
    editor.store.getState().select(['write'])
    duplicateSelection(editor)
    const places = editor.store.getState().graph.nodes.map(({ position }) => JSON.stringify(position))
    expect(new Set(places).size).toBe(places.length)
  })

  it('pastes into a selected box when everything may lie there', () => {
    const editor = editorOf(graphOf([team('crew'), agent('a', { position: { x: 0, y: 0 } })]))
    editor.store.getState().select(['a'])
    const text = copySelection(editor) ?? ''
    editor.store.getState().select(['crew'])
    pasteText(editor, text, null)
    expect(nodeOf(editor, 'a_2').parent).toBe('crew')
  })
})

describe('renaming references', () => {
  const names = new Map([['write', 'write_2']])

  it('leaves fields, quoted words and words outside of the braces alone', () => {
    expect(renameIn('write.text + other.write + "write" + \'write\'', names)).toBe(
      'write_2.text + other.write + "write" + \'write\'',
    )
    expect(renameInTemplate('write {{ write.text | append: "write" }} {% if write %}x{% endif %}', names)).toBe(
      'write {{ write_2.text | append: "write" }} {% if write_2 %}x{% endif %}',
    )
  })

  it('renames the weights of members', () => {
    const debate = team('t', { config: { mode: 'debate', goal: 'g', judge: 'write', weights: { write: 2, other: 1 } } })
    expect(renameReferences(specs, debate, names)).toMatchObject({
      judge: 'write_2',
      weights: { write_2: 2, other: 1 },
    })
  })
})

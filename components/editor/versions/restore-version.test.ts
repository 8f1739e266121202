import { expect, it } from 'vitest'
import { agent, editorOf, graphOf } from '@/components/editor/testing/editor-of'
import { restoreVersion } from '@/components/editor/versions/restore-version'

const old = graphOf([agent('a', { config: { prompt: 'tea' } }), agent('b')], [{ source: 'a', target: 'b' }])
const draft = { ...graphOf([agent('a', { config: { prompt: 'coffee' } }), agent('c')]), name: 'Newer' }

it('makes the draft like the version in one step, which undo takes back', () => {
  const editor = editorOf(draft)
  expect(restoreVersion(editor, 3, old)).toBe(true)
  expect(editor.store.getState().graph).toEqual(old)
  expect(editor.store.getState().past.map(({ label }) => label)).toEqual(['Restore version 3'])
  editor.store.getState().undo()
  expect(editor.store.getState().graph).toEqual(draft)
})

it('says so when the draft is the same already, and leaves nothing to undo', () => {
  const editor = editorOf(old)
  expect(restoreVersion(editor, 3, structuredClone(old))).toBe(false)
  expect(editor.said).toEqual(['The draft is the same as version 3 already.'])
  expect(editor.store.getState().past).toEqual([])
})

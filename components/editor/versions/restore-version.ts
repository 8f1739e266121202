import { change } from '@/components/editor/actions/commit'
import { editsBetween } from '@/components/editor/graph/edits-between'
import type { Editor } from '@/components/editor/store/types'
import type { Graph } from '@/engine/graph/schema'

/** Makes the draft like a version, as one step that can be undone. True when there was something to do. */
export function restoreVersion(editor: Editor, version: number, graph: Graph): boolean {
  const edits = editsBetween(editor.store.getState().graph, graph)
  if (edits.length === 0) {
    editor.say(`The draft is the same as version ${version} already.`)
    return false
  }
  if (!change(editor, edits, { label: `Restore version ${version}` })) return false
  editor.say(`The draft is like version ${version} again. Undo brings back what it was before.`)
  return true
}

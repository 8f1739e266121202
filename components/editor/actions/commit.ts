import type { CommitOptions, Editor } from '@/components/editor/store/types'
import type { Edit, SingleEdit } from '@/engine/graph/edits'

/** Changes the graph; when that can't be done, the person is told why. */
export function change(editor: Editor, edits: readonly SingleEdit[], options: CommitOptions): boolean {
  const [first, ...more] = edits
  if (first === undefined) return false
  const edit: Edit = more.length === 0 ? first : { type: 'batch', edits: [first, ...more] }
  const done = editor.store.getState().commit(edit, options)
  if (!done.ok) editor.say(done.why, 'failed')
  return done.ok
}

import { indexOf } from '@/components/editor/graph/graph-index'
import { nameOf } from '@/components/editor/graph/kinds'
import type { Editor } from '@/components/editor/store/types'
import type { Edit } from '@/engine/graph/edits'
import type { Json } from '@/engine/json'

/** From now on runs of the draft take this instead of running the node. */
export function pinOutput(editor: Editor, id: string, value: Json): void {
  const { pins, commit } = editor.store.getState()
  commit(nothing, { label: `Pin ${titleOf(editor, id)}`, pins: { ...pins, [id]: value } })
}

/** Somebody types in what is pinned. */
export function editPin(editor: Editor, id: string, value: Json): void {
  const { pins, commit } = editor.store.getState()
  const label = `Edit what is pinned of ${titleOf(editor, id)}`
  commit(nothing, { label, merge: `pin ${id}`, pins: { ...pins, [id]: value } })
}

export function unpinOutput(editor: Editor, id: string): void {
  const { pins, commit } = editor.store.getState()
  const { [id]: _, ...others } = pins
  commit(nothing, { label: `Unpin ${titleOf(editor, id)}`, pins: others })
}

/** The graph stays as it is: pins are no part of it. */
const nothing: Edit = { type: 'batch', edits: [] }

function titleOf({ store }: Editor, id: string): string {
  const node = indexOf(store.getState().graph).byId.get(id)
  return node === undefined ? id : nameOf(node)
}
